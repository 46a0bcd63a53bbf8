package io.github.mmevol.core.analysis;

import io.github.mmevol.core.analysis.Analysis.RoundFigures;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.Verification;
import io.github.mmevol.core.store.RunSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * A data set card: Markdown with a head in YAML, as data hubs expect it ({@code README.md} of a data set repository).
 * Licences, sources and languages are those that the user gives; none is ever guessed, and the card says so where they
 * are missing. Immutable; a setting gives a changed copy.
 *
 * <pre>{@code
 * DatasetCard.titled("Harbour scenes, evolved")
 *         .licence("cc-by-4.0")
 *         .source("Harbour photographs, CC BY 4.0, https://example.org/harbour")
 *         .write(Path.of("DATASET_CARD.md"), analysis);
 * }</pre>
 */
public final class DatasetCard {
    private final String title;
    private final String licence;
    private final List<String> languages;
    private final List<String> sources;
    private final RunSettings setup;
    private final String version;

    private DatasetCard(
            String title,
            String licence,
            List<String> languages,
            List<String> sources,
            RunSettings setup,
            String version) {
        this.title = Objects.requireNonNull(title, "title");
        this.licence = Objects.requireNonNull(licence, "licence");
        this.languages = List.copyOf(languages);
        this.sources = List.copyOf(sources);
        this.setup = Objects.requireNonNull(setup, "setup");
        this.version = Objects.requireNonNull(version, "version");
    }

    /** A card with the name of the data set. */
    public static DatasetCard titled(String title) {
        return new DatasetCard(title, "", List.of(), List.of(), RunSettings.NONE, "");
    }

    /** The licence of the data set, as the hub spells it, for example {@code cc-by-4.0}; default none is stated. */
    public DatasetCard licence(String licence) {
        return new DatasetCard(title, licence, languages, sources, setup, version);
    }

    /** One more language, as a code such as {@code en}; default none is stated. */
    public DatasetCard language(String code) {
        return new DatasetCard(title, licence, plus(languages, code), sources, setup, version);
    }

    /** One more source, with its licence and address, in the user's words; default none is stated. */
    public DatasetCard source(String source) {
        return new DatasetCard(title, licence, languages, plus(sources, source), setup, version);
    }

    /** What the run was set up with, for those who want to repeat it; default not told. */
    public DatasetCard setup(RunSettings setup) {
        return new DatasetCard(title, licence, languages, sources, setup, version);
    }

    /** The version of the program that made it; default not told. */
    public DatasetCard madeWith(String version) {
        return new DatasetCard(title, licence, languages, sources, setup, version);
    }

    /**
     * Writes the card in the place of an older one.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public void write(Path file, Analysis analysis) {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(analysis, "analysis");
        Page.writeText(file, text(analysis));
    }

    /** The card's text. */
    String text(Analysis analysis) {
        StringBuilder card = new StringBuilder();
        head(card, analysis);
        card.append("# ").append(line(title)).append("\n\n");
        card.append(
                "Image-text instructions, evolved with the method MMEvol (arXiv:2409.05840): each round rewrites an"
                        + " instruction in one of several directions with a model, and eliminates what rules or a judge reject.\n\n");
        origin(card);
        models(card, analysis);
        rounds(card, analysis);
        eliminations(card, analysis);
        card.append("## Limits\n\n");
        card.append(
                analysis.kept() == 0
                        ? "Nothing was checked.\n\n"
                        : "Questions, answers and steps were written by models and may be wrong. A mark `verified` means that"
                                + " the annotations confirm every claim that was looked at; `undecided` means that nobody but a model"
                                + " vouches for it. Scores are a judge model's opinion, not a measurement.\n\n");
        repeat(card, analysis);
        return card.toString();
    }

    private void head(StringBuilder card, Analysis analysis) {
        card.append("---\n");
        card.append("pretty_name: ").append(quoted(title)).append('\n');
        if (!licence.isEmpty()) {
            card.append("license: ").append(quoted(licence)).append('\n');
        }
        list(card, "language", languages);
        list(card, "task_categories", List.of("visual-question-answering"));
        long instructions =
                analysis.rounds().stream().mapToLong(RoundFigures::instructions).sum();
        list(card, "size_categories", List.of(sizeCategory(instructions)));
        list(card, "tags", analysis.kept() == 0 ? List.of("image-text") : List.of("image-text", "mmevol", "synthetic"));
        card.append("---\n\n");
    }

    private void origin(StringBuilder card) {
        card.append("## Sources and licence\n\n");
        card.append(
                licence.isEmpty()
                        ? "No licence is stated. State one before you pass the data on: it depends on the sources and on"
                                + " the terms of the models, and cannot be told from the data.\n"
                        : "Licence: " + line(licence) + "\n");
        if (sources.isEmpty()) {
            card.append("\nNo sources are stated.\n\n");
        } else {
            card.append("\n");
            sources.forEach(source -> card.append("- ").append(line(source)).append('\n'));
            card.append('\n');
        }
    }

    private static void models(StringBuilder card, Analysis analysis) {
        card.append("## Models\n\n");
        if (analysis.models().distinct() == 0) {
            card.append("The records do not say which model wrote them.\n\n");
            return;
        }
        card.append("| model | instructions kept |\n| --- | ---: |\n");
        row(card, analysis.models().byName());
    }

    private static void rounds(StringBuilder card, Analysis analysis) {
        card.append("## Figures\n\n");
        card.append(analysis.samples())
                .append(" samples. Round 0 are the seeds; means are over the instructions that have the value.\n\n");
        card.append("| round | instructions | skills | steps | score | question characters | answer characters |\n");
        card.append("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        for (RoundFigures round : analysis.rounds()) {
            card.append("| ").append(round.number()).append(" | ").append(round.instructions());
            for (Distribution figure :
                    List.of(round.skills(), round.steps(), round.score(), round.question(), round.answer())) {
                card.append(" | ").append(decimal(figure.mean()));
            }
            card.append(" |\n");
        }
        card.append('\n');
        Map<Verification, Long> marks = new EnumMap<>(Verification.class);
        analysis.rounds().forEach(round -> round.verification().forEach((mark, n) -> marks.merge(mark, n, Long::sum)));
        if (!marks.isEmpty()) {
            card.append(marks.entrySet().stream()
                            .map(e -> e.getValue() + " " + e.getKey().name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", ", "Marks of what was kept: ", ".")))
                    .append("\n\n");
        }
    }

    private static void eliminations(StringBuilder card, Analysis analysis) {
        if (analysis.cells().stream().allMatch(cell -> cell.attempted() == cell.kept())) {
            return;
        }
        card.append("| round | direction | attempted | kept | eliminated | failed |\n");
        card.append("| ---: | --- | ---: | ---: | ---: | ---: |\n");
        for (Analysis.Cell cell : analysis.cells()) {
            card.append(String.format(
                            Locale.ROOT,
                            "| %d | %s | %d | %d | %d | %d |%n",
                            cell.round(),
                            line(cell.direction()),
                            cell.attempted(),
                            cell.kept(),
                            cell.eliminated(),
                            cell.failed())
                    .replace("\r\n", "\n"));
        }
        card.append('\n');
    }

    private void repeat(StringBuilder card, Analysis analysis) {
        card.append("## How to repeat it\n\n");
        if (!version.isEmpty()) {
            card.append("Made with ").append(line(version)).append(".\n\n");
        }
        if (setup.values().isEmpty()) {
            card.append("The set-up of the run is not told.\n");
        } else {
            card.append("| setting | value |\n| --- | --- |\n");
            setup.values()
                    .forEach((name, value) -> card.append("| ")
                            .append(line(name))
                            .append(" | ")
                            .append(line(value))
                            .append(" |\n"));
        }
        if (analysis.prompts().distinct() > 0) {
            card.append("\n| prompt hash | instructions kept |\n| --- | ---: |\n");
            row(card, analysis.prompts().byName());
        }
    }

    private static void row(StringBuilder card, Map<String, Long> counts) {
        counts.forEach((name, count) ->
                card.append("| ").append(line(name)).append(" | ").append(count).append(" |\n"));
        card.append('\n');
    }

    private static void list(StringBuilder card, String name, List<String> values) {
        if (!values.isEmpty()) {
            card.append(name).append(":\n");
            values.forEach(value -> card.append("- ").append(quoted(value)).append('\n'));
        }
    }

    /** How hubs name the order of magnitude. */
    private static String sizeCategory(long instructions) {
        String[] names = {"n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M"};
        int order = 0;
        for (long limit = 1_000; instructions >= limit && order < names.length - 1; limit *= 10) {
            order++;
        }
        return names[order];
    }

    private static String decimal(OptionalDouble number) {
        return number.isPresent() ? String.format(Locale.ROOT, "%.2f", number.getAsDouble()) : "-";
    }

    /** JSON's strings are YAML's too. */
    private static String quoted(String text) {
        return Json.writeUtf8(Json.object().stringNode(text));
    }

    /** A text that cannot leave its line or its table cell, nor become markup. */
    private static String line(String text) {
        return Cut.marked(text, 2_000)
                .replaceAll("\\s+", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("|", "\\|")
                .strip();
    }

    private static List<String> plus(List<String> list, String more) {
        List<String> longer = new ArrayList<>(list);
        longer.add(Objects.requireNonNull(more, "more"));
        return longer;
    }
}
