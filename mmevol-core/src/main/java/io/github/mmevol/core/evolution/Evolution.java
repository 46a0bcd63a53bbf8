package io.github.mmevol.core.evolution;

import io.github.mmevol.core.sample.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an {@link Evolver} made of the live instructions it was given: for each either a child or a failure. A live
 * instruction that neither mentions counts as failed ({@code missing}); of two children of one parent the first counts.
 *
 * @param children the evolved instructions
 * @param failures the live instructions that were not evolved, and why
 */
public record Evolution(List<Child> children, List<Failure> failures) {

    /**
     * An evolved instruction.
     *
     * @param parentId the {@link LiveInstruction#id()} it came from
     * @param instruction what was written
     * @param prompt the prompt it was written under
     * @param model the model that wrote it; empty if not told
     */
    public record Child(String parentId, Instruction instruction, PromptInfo prompt, String model) {
        /** Keeps the values. */
        public Child {
            Objects.requireNonNull(parentId, "parentId");
            Objects.requireNonNull(instruction, "instruction");
            Objects.requireNonNull(prompt, "prompt");
            Objects.requireNonNull(model, "model");
        }
    }

    /**
     * A live instruction that was not evolved.
     *
     * @param parentId the {@link LiveInstruction#id()}
     * @param by a short, countable name of the failure, for example {@code refusal}
     * @param why what happened, for a reader
     * @param prompt the prompt that was tried
     * @param model the model that was asked; empty if not told
     */
    public record Failure(String parentId, String by, String why, PromptInfo prompt, String model) {
        /** Keeps the values. */
        public Failure {
            Objects.requireNonNull(parentId, "parentId");
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(why, "why");
            Objects.requireNonNull(prompt, "prompt");
            Objects.requireNonNull(model, "model");
        }
    }

    /** Copies the lists. */
    public Evolution {
        children = List.copyOf(children);
        failures = List.copyOf(failures);
    }

    /** The child of a live instruction; of several the first. */
    public Optional<Child> child(String parentId) {
        return children.stream()
                .filter(child -> child.parentId().equals(parentId))
                .findFirst();
    }

    /** Why a live instruction was not evolved; of several failures the first. */
    public Optional<Failure> failure(String parentId) {
        return failures.stream()
                .filter(failure -> failure.parentId().equals(parentId))
                .findFirst();
    }

    /** Both evolutions together, this one's first. */
    public Evolution plus(Evolution other) {
        List<Child> allChildren = new ArrayList<>(children);
        allChildren.addAll(other.children);
        List<Failure> allFailures = new ArrayList<>(failures);
        allFailures.addAll(other.failures);
        return new Evolution(allChildren, allFailures);
    }
}
