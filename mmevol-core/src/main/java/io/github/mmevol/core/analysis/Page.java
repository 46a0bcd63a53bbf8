package io.github.mmevol.core.analysis;

import io.github.mmevol.core.internal.json.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The HTML page and its JSON file.
 *
 * @param report the figures
 * @param gallery the samples to browse
 * @param prompts the texts of prompts by their hashes
 */
record Page(ObjectNode report, List<ObjectNode> gallery, Map<String, String> prompts) {

    private interface Writing {
        void to(Writer out) throws IOException;
    }

    void write(Path page) {
        write(page, this::html);
        write(beside(page), out -> out.write(Json.writePretty(report) + "\n"));
    }

    /** The same name, with another ending. */
    private static Path beside(Path page) {
        String name = Objects.requireNonNull(page.getFileName(), "a file name").toString();
        int dot = name.lastIndexOf('.');
        String other = (dot > 0 ? name.substring(0, dot) : name) + ".json";
        return page.resolveSibling(other.equals(name) ? name + ".json" : other);
    }

    private void html(Writer out) throws IOException {
        String style = resource("report.css");
        String charts = resource("echarts.min.js");
        String script = resource("report.js");
        String policy = "default-src 'none'; script-src " + hash(charts) + " " + hash(script) + "; style-src "
                + hash(style) + "; img-src data:; base-uri 'none'; form-action 'none'";
        for (String part : resource("report.html").split("(?=\\{\\{)|(?<=}})", -1)) {
            switch (part) {
                case "{{policy}}" -> out.write(policy);
                case "{{style}}" -> out.write(style);
                case "{{charts}}" -> out.write(charts);
                case "{{script}}" -> out.write(script);
                case "{{data}}" -> data(out);
                default -> out.write(part);
            }
        }
    }

    private void data(Writer out) throws IOException {
        out.write("{\"report\":");
        out.write(inert(report));
        out.write(",\"prompts\":");
        ObjectNode texts = Json.object();
        prompts.forEach(texts::put);
        out.write(inert(texts));
        out.write(",\"gallery\":[");
        String separator = "";
        for (ObjectNode sample : gallery) {
            out.write(separator);
            out.write(inert(sample));
            separator = ",\n";
        }
        out.write("]}");
    }

    /** JSON in which nothing ends a script element, and that has a UTF-8 form. */
    private static String inert(JsonNode node) {
        return Json.writeUtf8(node)
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the library's jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        }
    }

    /** Writes a text; half of a surrogate pair, which has no UTF-8 form, becomes a question mark. */
    static void writeText(Path file, String text) {
        String clean = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        write(file, out -> out.write(clean));
    }

    private static void write(Path file, Writing writing) {
        Path target = file.toAbsolutePath();
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            try (BufferedWriter out = Files.newBufferedWriter(part)) {
                writing.to(out);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report " + file + ": " + e.getMessage(), e);
        }
    }
}
