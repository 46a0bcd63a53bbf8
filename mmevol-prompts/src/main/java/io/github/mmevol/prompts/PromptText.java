package io.github.mmevol.prompts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A static prompt in the making: sections under short headings, in the order they are added. */
final class PromptText {
    private final List<String> sections = new ArrayList<>();

    PromptText section(String heading, String... paragraphs) {
        List<String> lines = new ArrayList<>(List.of("## " + heading));
        for (String paragraph : paragraphs) {
            if (!paragraph.isBlank()) {
                lines.add(paragraph.strip());
            }
        }
        sections.add(String.join("\n", lines));
        return this;
    }

    String text() {
        return String.join("\n\n", sections) + "\n";
    }

    static String numbered(List<String> lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            text.append(i + 1).append(". ").append(lines.get(i)).append('\n');
        }
        return text.toString();
    }

    static String bullets(List<String> lines) {
        return lines.isEmpty() ? "" : "- " + String.join("\n- ", lines);
    }

    /** 32 hexadecimal digits that change with any of the texts. */
    static String hash(String... texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                digest.update(text.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String checkLine(String what, String text) {
        if (text.isBlank() || text.lines().count() > 1) {
            throw new IllegalArgumentException("the " + what + " must be one line of text: '" + text + "'");
        }
        return text.strip();
    }
}
