package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.model.PriceTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what calls cost; the programs share them. */
final class PriceOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--price",
            paramLabel = "[MODEL=]PROMPT,CACHED,COMPLETION",
            description =
                    "What a million tokens cost, in any currency: of prompts, of those the provider's cache served, of"
                            + " replies. Without MODEL for all models that have no price of their own; may be given again.")
    private List<String> prices = new ArrayList<>();

    @Option(names = "--currency", paramLabel = "NAME", description = "What the prices are in, for example USD.")
    private @Nullable String currency;

    boolean areGiven() {
        return !prices.isEmpty();
    }

    PriceTable table() {
        PriceTable table = PriceTable.none();
        for (String price : prices) {
            int equals = price.lastIndexOf('=');
            String[] three = price.substring(equals + 1).split(",", -1);
            if (three.length != 3 || equals == 0) {
                throw badPrice(price);
            }
            try {
                table = equals < 0
                        ? table.withOthers(three[0], three[1], three[2])
                        : table.with(price.substring(0, equals), three[0], three[1], three[2]);
            } catch (IllegalArgumentException e) {
                throw badPrice(price);
            }
        }
        return table;
    }

    /** What the prices are in; empty if the user did not say. */
    String currency() {
        return currency == null ? "" : currency;
    }

    private ParameterException badPrice(String price) {
        return new ParameterException(
                spec.commandLine(),
                "--price takes three decimal numbers, for a million tokens each, such as 0.15,0.075,0.60 or"
                        + " gpt-4o=2.50,1.25,10.00: " + price);
    }
}
