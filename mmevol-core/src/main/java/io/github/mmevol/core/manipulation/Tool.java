package io.github.mmevol.core.manipulation;

import java.util.List;
import java.util.Optional;

/** Carries out calls of one function. Implementations are thread-safe. */
@FunctionalInterface
public interface Tool {

    /**
     * Carries out a call.
     *
     * @param call the call as it is written
     * @param given the values of its arguments in order; words and expressions are {@link Value.Text}
     * @param scene what there is to look at
     * @return what the call gives; empty if that cannot be told, which decides nothing
     */
    Optional<Value> run(Call call, List<Value> given, Scene scene);
}
