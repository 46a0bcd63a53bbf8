package io.github.mmevol.core.analysis;

import io.github.mmevol.core.analysis.contract.VerbNounParserContract;

class LightVerbNounsTest extends VerbNounParserContract {

    @Override
    protected VerbNounParser parser() {
        return VerbNounParser.english();
    }

    @Override
    protected double leastAccuracy() {
        return 0.9;
    }
}
