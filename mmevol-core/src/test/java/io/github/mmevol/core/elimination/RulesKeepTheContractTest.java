package io.github.mmevol.core.elimination;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.contract.EliminatorContract;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.manipulation.ManipulationRuntime;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.LabelMatcher;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RulesKeepTheContractTest {

    abstract static class RuleContract extends EliminatorContract {
        @Test
        void it_breaks_on_none_of_them() {
            for (Instruction instruction : instructions()) {
                Verdict verdict = eliminator()
                        .judge(List.of(Candidates.of(instruction)), Round.of(1, Candidates.SAMPLE))
                        .get(0);
                assertThat(verdict).isNotInstanceOf(Verdict.Fail.class);
            }
        }
    }

    @Nested
    class All extends RuleContract {
        @Override
        protected Eliminator eliminator() {
            return Rules.all();
        }

        @Override
        protected boolean comparesCandidates() {
            return true;
        }
    }

    @Nested
    class Arithmetic extends RuleContract {
        @Override
        protected Eliminator eliminator() {
            return Rules.arithmetic();
        }
    }

    @Nested
    class Chain extends RuleContract {
        @Override
        protected Eliminator eliminator() {
            return Rules.chain(ManipulationRuntime.ofDefaults());
        }
    }

    @Nested
    class Form extends RuleContract {
        @Override
        protected Eliminator eliminator() {
            return Rules.form();
        }
    }

    @Nested
    class ControlToken extends RuleContract {
        @Override
        protected Eliminator eliminator() {
            return Rules.controlToken();
        }
    }

    @Nested
    class Refusal extends RuleContract {
        @Override
        protected Eliminator eliminator() {
            return Rules.refusal(Forms.standard());
        }
    }

    @Nested
    class PromptLeak extends RuleContract {
        @Override
        protected Eliminator eliminator() {
            return Rules.promptLeak();
        }
    }

    @Nested
    class Duplicate extends RuleContract {
        @Override
        protected Eliminator eliminator() {
            return Rules.duplicate();
        }

        @Override
        protected boolean comparesCandidates() {
            return true;
        }
    }

    @Nested
    class AnswerShape extends RuleContract {
        @Override
        protected Eliminator eliminator() {
            return Rules.answerShape(Forms.standard());
        }
    }

    @Nested
    class UngroundedLocation extends RuleContract {
        @Override
        protected Eliminator eliminator() {
            return Rules.ungroundedLocation(Forms.standard());
        }
    }

    @Nested
    class Count extends RuleContract {
        @Override
        protected Eliminator eliminator() {
            return Rules.count(LabelMatcher.english());
        }
    }

    @Nested
    class Relation extends RuleContract {
        @Override
        protected Eliminator eliminator() {
            return Rules.relation(Forms.standard(), LabelMatcher.english());
        }
    }

    @Nested
    class Box extends RuleContract {
        @Override
        protected Eliminator eliminator() {
            return Rules.box(Forms.standard(), LabelMatcher.english());
        }
    }

    @Nested
    class BoxLabel extends RuleContract {
        @Override
        protected Eliminator eliminator() {
            return Rules.boxLabel(LabelMatcher.english());
        }
    }
}
