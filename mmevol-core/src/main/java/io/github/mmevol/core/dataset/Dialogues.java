package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the conversations of a sample, in which no line of instructions stands twice; not thread-safe. */
final class Dialogues {
    /** Marks that trainers replace by media, or chat templates cut at, wherever they stand. */
    private static final List<String> MARKS =
            List.of("<video>", "<audio>", "<bbox>", "<ref-object>", "<think>", "</think>");

    private final TrainingForm form;
    private final Path folder;
    private final boolean named;
    private final Losses losses;
    private final BoxTexts boxes;

    /**
     * @param folder the folder of the written file
     * @param named whether its records have ids and the names of images
     */
    Dialogues(TrainingForm form, Path folder, boolean named, Losses losses) {
        this.form = form;
        this.named = named;
        this.folder = folder;
        this.losses = losses;
        boxes = new BoxTexts(form.boxes());
    }

    List<Dialogue> of(EvolvedSample evolved) {
        List<Outcome.Kept> survivors = evolved.kept();
        List<Dialogue.Turn> turns = turns(evolved, survivors);
        Map<Integer, List<Dialogue.Turn>> groups = new LinkedHashMap<>();
        if (form.isLastOfEachLine()
                && survivors.stream().noneMatch(kept -> kept.origin().parentId().isEmpty())) {
            Set<String> parents = new HashSet<>();
            survivors.forEach(kept -> parents.add(kept.origin().parentId()));
            groups.put(
                    0,
                    turns.stream().filter(turn -> !parents.contains(turn.id())).toList());
        } else {
            turns.forEach(turn -> groups.computeIfAbsent(turn.round(), round -> new ArrayList<>())
                    .add(turn));
        }
        List<Dialogue> dialogues = new ArrayList<>();
        if (turns.isEmpty()) {
            return dialogues;
        }
        count(evolved.sample());
        String image = image(evolved.sample());
        for (List<Dialogue.Turn> group : groups.values()) {
            pack(group).forEach(conversation -> dialogues.add(new Dialogue(evolved.sample(), image, conversation)));
        }
        return dialogues;
    }

    /** All that can be written, by round: the seeds if they are wanted, then the survivors. */
    private List<Dialogue.Turn> turns(EvolvedSample evolved, List<Outcome.Kept> survivors) {
        List<Dialogue.Turn> turns = new ArrayList<>();
        Sample sample = evolved.sample();
        if (form.hasSeeds() || (form.hasTextOnly() && sample.image().isEmpty())) {
            int ordinal = 0;
            for (Instruction seed : sample.instructions()) {
                String id = evolved.key().instruction(0, ++ordinal);
                add(turns, sample, id, id, 0, seed);
            }
        }
        Map<String, String> lines = new HashMap<>();
        for (Outcome.Kept kept : survivors) {
            String parent = kept.origin().parentId();
            String id = kept.origin().id();
            String line = parent.isEmpty() ? id : lines.getOrDefault(parent, parent);
            lines.put(id, line);
            add(turns, sample, id, line, kept.origin().round(), kept.instruction());
        }
        return turns;
    }

    private void add(
            List<Dialogue.Turn> turns, Sample sample, String id, String line, int round, Instruction instruction) {
        List<String> texts = new ArrayList<>();
        texts.add(clean(instruction.question()));
        if (form.answer() != TrainingForm.Answer.PLAIN) {
            for (Step step : instruction.steps()) {
                String said = clean(step.description()).strip();
                if (!said.isEmpty()) {
                    texts.add(said);
                }
            }
        }
        texts.add(clean(instruction.answer()));
        Optional<List<String>> rewritten = boxes.rewritten(sample, texts);
        if (rewritten.isEmpty()) {
            losses.add("instructions left out whose boxes cannot be written as wanted");
            return;
        }
        List<String> written = rewritten.get();
        if (written.size() < texts.size()) {
            losses.add("answers written without their steps, which are no sentences without their boxes");
        }
        String question = written.get(0);
        String answer = written.get(written.size() - 1);
        if (!question.isBlank() && !answer.isBlank()) {
            count(instruction);
            turns.add(new Dialogue.Turn(
                    id, line, round, question, answer(written.subList(1, written.size() - 1), answer)));
        }
    }

    private void count(Sample sample) {
        losses.unplaced(sample.caption().isEmpty() ? 0 : 1, "captions");
        losses.unplaced(sample.objects().size(), "annotated objects");
        losses.unplaced(sample.extras().size(), "other fields");
        if (!named) {
            losses.unplaced(1, "ids");
            losses.unplaced(sample.image().isEmpty() ? 0 : 1, "image names");
        }
    }

    private void count(Instruction instruction) {
        if (form.answer() == TrainingForm.Answer.PLAIN) {
            losses.unplaced(instruction.steps().size(), "steps");
        }
        losses.unplaced(instruction.skills().size(), "skills");
        losses.unplaced(instruction.objects().size(), "objects of instructions");
        losses.unplaced(instruction.format().isEmpty() ? 0 : 1, "forms of questions");
        losses.unplaced(instruction.extras().size(), "other fields");
    }

    private String answer(List<String> steps, String answer) {
        if (steps.isEmpty()) {
            return answer;
        }
        boolean think = form.answer() == TrainingForm.Answer.THINK;
        StringBuilder text = new StringBuilder(1 << 9).append(think ? "<think>\n" : "");
        for (int i = 0; i < steps.size(); i++) {
            text.append(i == 0 ? "" : "\n").append(i + 1).append(". ").append(steps.get(i));
        }
        return text.append(think ? "\n</think>\n\n" : "\n\n").append(answer).toString();
    }

    /** Conversations as few as can be in which each line stands at most once; or of one instruction each. */
    private List<List<Dialogue.Turn>> pack(List<Dialogue.Turn> turns) {
        if (form.turns() == TrainingForm.Turns.SINGLE) {
            return turns.stream().map(List::of).toList();
        }
        List<List<Dialogue.Turn>> conversations = new ArrayList<>();
        Map<String, Integer> times = new HashMap<>();
        for (Dialogue.Turn turn : turns) {
            int place = times.merge(turn.line(), 1, Integer::sum) - 1;
            if (place == conversations.size()) {
                conversations.add(new ArrayList<>());
            }
            conversations.get(place).add(turn);
        }
        return conversations;
    }

    private String image(Sample sample) {
        String name = sample.image();
        if (name.isEmpty() && sample.imageSource() != ImageSource.none()) {
            losses.add("samples whose image has no name, and is left out");
        }
        if (name.isEmpty() || form.imagePaths() == TrainingForm.ImagePaths.AS_IS) {
            return name;
        }
        Optional<Path> file = sample.imageSource().onDisk();
        if (file.isEmpty()) {
            losses.add("samples whose image is no file, or not in its folder, and is named as it was");
            return name;
        }
        boolean relative = form.imagePaths() == TrainingForm.ImagePaths.RELATIVE
                && folder.getRoot() != null
                && folder.getRoot().equals(file.get().getRoot());
        return (relative ? folder.relativize(file.get()) : file.get())
                .toString()
                .replace('\\', '/');
    }

    /** A text that a trainer can encode: no image token, no other mark, no half of a surrogate pair. */
    private static String clean(String text) {
        String unmarked = text.indexOf('<') < 0 ? text : withoutMarks(text);
        if (!Json.hasSurrogates(unmarked)) {
            return unmarked;
        }
        StringBuilder whole = new StringBuilder(unmarked.length());
        unmarked.codePoints()
                .forEach(c -> whole.appendCodePoint(
                        c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '\uFFFD' : c));
        return whole.toString();
    }

    private static String withoutMarks(String text) {
        String unmarked = Conversation.withoutImageToken(text);
        for (String mark : MARKS) {
            while (unmarked.contains(mark)) {
                unmarked = unmarked.replace(mark, mark.substring(1, mark.length() - 1));
            }
        }
        return unmarked;
    }
}
