package io.github.mmevol.examples.evolve;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.TokenCounter;

/** Counts tokens as OpenAI's models since gpt-4o do. Thread-safe. */
final class O200kTokens implements TokenCounter {
    private final Encoding encoding = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    @Override
    public long count(String text) {
        return encoding.countTokensOrdinary(text);
    }

    /** The tokens of a request's text, without its images. */
    long count(ModelRequest request) {
        return count(request.system()) + count(request.text());
    }
}
