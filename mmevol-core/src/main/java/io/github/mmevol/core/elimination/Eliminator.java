package io.github.mmevol.core.elimination;

import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Round;
import java.util.List;
import java.util.function.Function;

/**
 * Decides which candidates of a sample's round are kept. Implementations are thread-safe and keep nothing between calls;
 * they reach a model through {@link Round#ask} alone.
 *
 * <p>{@code Rules.all().then(mine).then(judge)} asks each in turn; what one rejects the next is never asked about, and
 * where one corrects the wording, the next sees the corrected one.
 */
public interface Eliminator {

    /** A short name that stands in records and reports as the one who eliminated. */
    String name();

    /**
     * What it is set to, in a text that changes when its verdicts may: recorded with a stored run, and compared before that
     * is gone on with. A chain has a line for each. Default: its name.
     */
    default String settings() {
        return name();
    }

    /**
     * Judges the candidates of one sample's round.
     *
     * @param candidates at least one
     * @return one verdict for each, in the same order
     */
    List<Verdict> judge(List<Candidate> candidates, Round round);

    /** The eliminators that it consists of, in the order in which they are asked; itself alone where it is one. */
    default List<Eliminator> stages() {
        return List.of(this);
    }

    /** This eliminator, then another one for what passed. */
    default Eliminator then(Eliminator next) {
        return chain(List.of(this, next));
    }

    /** Eliminators one after another, each for what the ones before passed. */
    static Eliminator chain(List<Eliminator> eliminators) {
        return new EliminatorChain(eliminators);
    }

    /** An eliminator that looks at one candidate at a time and needs no model. */
    static Eliminator each(String name, Function<Candidate, Verdict> rule) {
        return each(name, name, rule);
    }

    /**
     * An eliminator that looks at one candidate at a time, needs no model, and has settings.
     *
     * @param settings its {@link #settings()}
     */
    static Eliminator each(String name, String settings, Function<Candidate, Verdict> rule) {
        return new RuleEliminator(name, settings, (candidate, round) -> rule.apply(candidate));
    }
}
