package io.github.mmevol.core.analysis;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.PriceTable;
import io.github.mmevol.core.store.RunHistory;
import io.github.mmevol.core.store.RunSettings;
import io.github.mmevol.core.store.RunStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A page that shows a run or a data set: one HTML file that needs nothing else, and beside it a JSON file with the same
 * numbers.
 *
 * <pre>{@code
 * Report.of(store).write(Path.of("report.html"));
 * Report.of(store).prices(PriceTable.none().with("gpt-4o-mini", "0.15", "0.075", "0.60")).write(Path.of("priced.html"));
 * Report.of(DataSets.readEvolved(evolved)).title("Harbour scenes").write(Path.of("harbour.html"));
 * }</pre>
 *
 * <p>The page works from disk, makes no request, and holds at most 15 MB: all figures, and for browsing an even sample of
 * the samples with small copies of their images. What models and data files wrote is shown as text and nothing else.
 * Reading is done in one pass, in memory that does not grow with the data. Immutable and thread-safe; a setting gives a
 * changed copy.
 */
public final class Report {
    private static final int GALLERY = 300;

    /** How the figures and the samples to browse come about. */
    private interface Looking {
        Look look(VerbNounParser parser, int gallery);
    }

    private final Looking looking;
    private Supplier<RunSettings> setup;
    private String title;
    private VerbNounParser parser = VerbNounParser.english();
    private int gallery = GALLERY;
    private Supplier<RunHistory> history;
    private @Nullable PriceTable prices;
    private Map<String, String> prompts = Map.of();
    private @Nullable Compared compared;
    private @Nullable AuditAgreement agreement;
    private List<Table> tables = List.of();

    /** A table of the caller's own. */
    record Table(String title, List<String> columns, List<List<String>> rows) {
        Table {
            Objects.requireNonNull(title, "title");
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    private record Compared(String name, Source source) {}

    private Report(Looking looking, Supplier<RunSettings> setup, Supplier<RunHistory> history, String title) {
        this.looking = looking;
        this.setup = setup;
        this.history = history;
        this.title = title;
    }

    private Report(Report other) {
        looking = other.looking;
        setup = other.setup;
        history = other.history;
        title = other.title;
        parser = other.parser;
        gallery = other.gallery;
        prices = other.prices;
        prompts = other.prompts;
        compared = other.compared;
        agreement = other.agreement;
        tables = other.tables;
    }

    /** A report on a stored run, with its calls, its time and why it ended; also before it begins and while it goes on. */
    public static Report of(RunStore store) {
        return new Report(looking(Source.of(store)), store::settings, store::history, "MMEvol run");
    }

    /** A report on a data set of samples or of evolved samples. */
    public static Report of(DataSet<?> data) {
        return new Report(looking(Source.of(data)), () -> RunSettings.NONE, () -> RunHistory.NONE, "Data set");
    }

    private static Looking looking(Source source) {
        return (parser, gallery) -> {
            Look look = new Look(parser, gallery);
            source.forEach(look::add);
            return look;
        };
    }

    /**
     * A report on what a run or a replay puts out: give it to the pipeline beside the other writers. Other than
     * {@link #of(RunStore)} it sees what selections and replays make of a stored run, and needs no store.
     *
     * <pre>{@code
     * Report.Collecting collecting = Report.collecting(VerbNounParser.english());
     * RunReport run = pipeline.run(seeds, writers.and(collecting));
     * collecting.report().account(run.account()).write(Path.of("report.html"));
     * }</pre>
     */
    public static Collecting collecting(VerbNounParser parser) {
        return new Collecting(parser);
    }

    /**
     * Looks at the samples that go by; for one output at a time.
     */
    public static final class Collecting implements DataSetWriter {
        private final VerbNounParser parser;
        private volatile Look look;

        private Collecting(VerbNounParser parser) {
            this.parser = Objects.requireNonNull(parser, "parser");
            look = new Look(parser, GALLERY);
        }

        /** Starts anew. */
        @Override
        public Appender open() {
            Look opened = new Look(parser, GALLERY);
            look = opened;
            return new Appender() {
                @Override
                public void append(EvolvedSample sample) {
                    opened.add(sample);
                }

                @Override
                public void commit() {}

                @Override
                public void close() {}
            };
        }

        /** The report on what went by. Neither its parser nor the size of its gallery can be changed any more. */
        public Report report() {
            Look looked = look;
            return new Report((parser, gallery) -> looked, () -> RunSettings.NONE, () -> RunHistory.NONE, "MMEvol run");
        }
    }

    /** What stands on top; default {@code MMEvol run} or {@code Data set}. */
    public Report title(String title) {
        Objects.requireNonNull(title, "title");
        return with(copy -> copy.title = title);
    }

    /** Who tells verb and noun of a question; default {@link VerbNounParser#english()}. */
    public Report verbNouns(VerbNounParser parser) {
        Objects.requireNonNull(parser, "parser");
        return with(copy -> copy.parser = parser);
    }

    /**
     * How many samples can be browsed; default 300. The data alone decides which ones: half of them make sure that every
     * round, direction and eliminator is there, the others are drawn evenly.
     *
     * @throws IllegalArgumentException if negative
     */
    public Report gallery(int samples) {
        if (samples < 0) {
            throw new IllegalArgumentException("a gallery has 0 samples or more: " + samples);
        }
        return with(copy -> copy.gallery = samples);
    }

    /** What the run was set up with; default what the store tells. */
    public Report setup(RunSettings setup) {
        Objects.requireNonNull(setup, "setup");
        return with(copy -> copy.setup = () -> setup);
    }

    /** The model calls of the run; default what the store tells. */
    public Report account(Account account) {
        Objects.requireNonNull(account, "account");
        return with(copy -> copy.history = () -> {
            RunHistory told = history.get();
            return new RunHistory(account, told.took(), told.stoppedBy());
        });
    }

    /** What tokens cost; default what the account tells, which is nothing for that of a store. */
    public Report prices(PriceTable prices) {
        Objects.requireNonNull(prices, "prices");
        return with(copy -> copy.prices = prices);
    }

    /**
     * How the run went; default what the store tells.
     *
     * @param took how long it took
     * @param stoppedBy why it ended early; empty if it did not
     */
    public Report ran(Duration took, String stoppedBy) {
        Objects.requireNonNull(took, "took");
        Objects.requireNonNull(stoppedBy, "stoppedBy");
        return with(copy -> copy.history = () -> new RunHistory(history.get().paid(), took, stoppedBy));
    }

    /**
     * The texts of prompts, to be shown on demand; default none.
     *
     * @param byHash text by {@link io.github.mmevol.core.elimination.Outcome.Origin#promptHash()}
     */
    public Report prompts(Map<String, String> byHash) {
        Objects.requireNonNull(byHash, "byHash");
        Map<String, String> sorted = new TreeMap<>(byHash);
        return with(copy -> copy.prompts = sorted);
    }

    /**
     * Another data set, whose figures stand beside; default none.
     *
     * @param name what it is called on the page
     */
    public Report comparedWith(String name, DataSet<?> data) {
        Compared other = new Compared(Objects.requireNonNull(name, "name"), Source.of(data));
        return with(copy -> copy.compared = other);
    }

    /** How far eliminators agree with people, from an {@link Audit}; default not told. */
    public Report agreement(AuditAgreement agreement) {
        Objects.requireNonNull(agreement, "agreement");
        return with(copy -> copy.agreement = agreement);
    }

    /**
     * One more table, on top of the page; may be called again.
     *
     * @param title what stands above it
     * @param columns the names of the columns; the first names what a row is about
     * @param rows the cells
     * @throws IllegalArgumentException unless each row has a cell for each column
     */
    public Report table(String title, List<String> columns, List<List<String>> rows) {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(columns, "columns");
        Objects.requireNonNull(rows, "rows");
        Table table = new Table(title, columns, rows);
        if (table.rows().stream().anyMatch(row -> row.size() != columns.size())) {
            throw new IllegalArgumentException("each row of '" + title + "' needs " + columns.size() + " cells");
        }
        return with(copy ->
                copy.tables = Stream.concat(tables.stream(), Stream.of(table)).toList());
    }

    /**
     * Writes the page, and beside it the JSON file: the same name with {@code .json} for its ending. Both take the place of
     * older ones in one step each; missing folders are made.
     *
     * @return the figures that were written
     * @throws java.io.UncheckedIOException if a file cannot be written
     */
    public Analysis write(Path page) {
        Objects.requireNonNull(page, "page");
        Look look = looking.look(parser, gallery);
        Analysis analysis = look.analysis();
        ReportJson json = new ReportJson(title, setup.get(), analysis);
        RunHistory told = history.get();
        json.run(prices == null ? told : new RunHistory(told.paid().priced(prices), told.took(), told.stoppedBy()));
        if (compared != null) {
            AnalysisPass other = new AnalysisPass(parser);
            compared.source().forEach(other::add);
            json.compared(compared.name(), other.analysis());
        }
        if (agreement != null) {
            json.agreement(agreement);
        }
        json.tables(tables);
        new Page(json.node(), look.shown(), prompts).write(page);
        return analysis;
    }

    /** The figures so far, and the samples drawn so far. */
    private static final class Look {
        private final AnalysisPass pass;
        private final Gallery gallery;

        Look(VerbNounParser parser, int gallery) {
            pass = new AnalysisPass(parser);
            this.gallery = new Gallery(gallery);
        }

        void add(EvolvedSample sample) {
            pass.add(sample);
            gallery.add(sample);
        }

        Analysis analysis() {
            return pass.analysis();
        }

        List<ObjectNode> shown() {
            return gallery.pieces();
        }
    }

    private Report with(Consumer<Report> change) {
        Report copy = new Report(this);
        change.accept(copy);
        return copy;
    }
}
