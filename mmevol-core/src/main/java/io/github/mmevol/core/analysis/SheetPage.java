package io.github.mmevol.core.analysis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A page in one file: its markup, style and script, and between them blocks of data that no browser runs. Its policy lets
 * nothing be loaded, and no style and script in but its own.
 *
 * @param head all that comes before the data
 * @param end all that comes after it
 */
record SheetPage(String head, String end) {

    /** The page that the resources {@code <name>.html}, {@code .css} and {@code .js} make. */
    static SheetPage load(String name) {
        String style = resource(name + ".css");
        String script = resource(name + ".js");
        String policy = "default-src 'none'; img-src data:; style-src '" + hash(style) + "'; script-src '"
                + hash(script) + "'; base-uri 'none'; form-action 'none'";
        String[] parts = resource(name + ".html")
                .replace("{{policy}}", policy)
                .replace("{{style}}", style)
                .split("\\{\\{data}}", 2);
        return new SheetPage(parts[0], parts[1].replace("{{script}}", script));
    }

    /** A block of text that the script reads; no text can end it. */
    static String block(String id, String text) {
        return "<script type=\"application/json\" id=\"" + id + "\">"
                + text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
                + "</script>\n";
    }

    private static String resource(String name) {
        try (InputStream in = SheetPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the library lacks its own file " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the library's own file " + name, e);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
