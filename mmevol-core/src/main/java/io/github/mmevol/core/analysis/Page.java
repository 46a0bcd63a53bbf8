package io.github.mmevol.core.analysis;

import io.github.mmevol.core.internal.json.Json;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
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

    private static final String REPORT = "report";

    void write(Path page) {
        Pages.write(page, REPORT, this::html);
        Pages.write(beside(page), REPORT, out -> out.write(Json.writePretty(report) + "\n"));
    }

    /** The same name, with another ending. */
    private static Path beside(Path page) {
        String name = Objects.requireNonNull(page.getFileName(), "a file name").toString();
        int dot = name.lastIndexOf('.');
        String other = (dot > 0 ? name.substring(0, dot) : name) + ".json";
        return page.resolveSibling(other.equals(name) ? name + ".json" : other);
    }

    private void html(Writer out) throws IOException {
        String style = Pages.resource("report.css");
        String charts = Pages.resource("echarts.min.js");
        String script = Pages.resource("report.js");
        String policy = "default-src 'none'; script-src " + Pages.hash(charts) + " " + Pages.hash(script)
                + "; style-src " + Pages.hash(style) + "; img-src data:; base-uri 'none'; form-action 'none'";
        for (String part : Pages.resource("report.html").split("(?=\\{\\{)|(?<=}})", -1)) {
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

    private static String inert(JsonNode node) {
        return Pages.inert(Json.writeUtf8(node));
    }

    static void writeText(Path file, String text) {
        Pages.write(file, REPORT, out -> out.write(text));
    }
}
