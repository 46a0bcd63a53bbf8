package io.github.mmevol.core.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanaryTest {
    private final Canary canary = new Canary("sk-canary/4f1d0a7b9c3e+5a6b7c8d");

    @Test
    void isFoundInTextsWholeInPartAndEncoded() {
        for (String leak : new String[] {
            "key " + canary.secret(),
            "key sk-canary/4f1d",
            "the end: c3e+5a6b7c8d",
            "sk-canary%2F4f1d0a7b9c3e%2B5a6b7c8d",
            Base64.getEncoder().encodeToString(canary.secret().getBytes(StandardCharsets.UTF_8))
        }) {
            assertThatThrownBy(() -> canary.assertNotIn(leak)).as(leak).isInstanceOf(AssertionError.class);
        }
        assertThatCode(() -> canary.assertNotIn("sk-ca***")).doesNotThrowAnyException();
    }

    @Test
    void isFoundInCausesAndInWhatWasSuppressed() {
        IOException suppressing = new IOException("harmless");
        suppressing.addSuppressed(new IOException(canary.secret()));

        assertThatThrownBy(() -> canary.assertNotIn(new IOException("harmless", new IOException(canary.secret()))))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> canary.assertNotIn(suppressing)).isInstanceOf(AssertionError.class);
        assertThatCode(() -> canary.assertNotIn(new IOException("harmless"))).doesNotThrowAnyException();
    }

    @Test
    void isFoundInFiles(@TempDir Path folder) throws IOException {
        Files.write(folder.resolve("run.db"), new byte[] {0, -1, 13});
        assertThatCode(() -> canary.assertNotIn(folder)).doesNotThrowAnyException();

        Files.writeString(Files.createDirectory(folder.resolve("deep")).resolve("log"), "\u0000" + canary.secret());
        assertThatThrownBy(() -> canary.assertNotIn(folder)).isInstanceOf(AssertionError.class);
    }
}
