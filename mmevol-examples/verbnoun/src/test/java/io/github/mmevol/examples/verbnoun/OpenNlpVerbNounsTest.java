package io.github.mmevol.examples.verbnoun;

import io.github.mmevol.core.analysis.VerbNounParser;
import io.github.mmevol.core.analysis.contract.VerbNounParserContract;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

class OpenNlpVerbNounsTest extends VerbNounParserContract {
    private static VerbNounParser parser;

    @BeforeAll
    static void load() throws IOException {
        parser = OpenNlpVerbNouns.load();
    }

    @Override
    protected VerbNounParser parser() {
        return parser;
    }

    @Override
    protected double leastAccuracy() {
        return 0.9;
    }
}
