package io.github.mmevol.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * A secret that is planted to see where it turns up: looked for as it is, by its beginning and its end, percent-encoded, and
 * in Base64.
 */
public final class Canary {
    private static final int PART = 12;

    private final String secret;
    private final List<String> forms;

    /** A secret of at least 24 characters, so that a part of it is no accident. */
    public Canary(String secret) {
        if (secret.length() < 2 * PART) {
            throw new IllegalArgumentException("a canary needs " + 2 * PART + " characters");
        }
        this.secret = secret;
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        forms = List.of(
                secret.substring(0, PART),
                secret.substring(secret.length() - PART),
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                Base64.getEncoder().withoutPadding().encodeToString(bytes).substring(0, PART));
    }

    /** The secret itself, to be planted. */
    public String secret() {
        return secret;
    }

    /** Fails if it stands in a text. */
    public void assertNotIn(String text) {
        assertThat(text).doesNotContain(forms);
    }

    /** Fails if a failure tells it: in its words, its causes, what it suppressed, or its stack. */
    public void assertNotIn(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertNotIn(trace.toString());
    }

    /** Fails if it stands in the name or the bytes of any file below a folder. */
    public void assertNotIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                assertNotIn(file.toString());
                if (Files.isRegularFile(file)) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .as("bytes of %s", file)
                            .doesNotContain(forms);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
