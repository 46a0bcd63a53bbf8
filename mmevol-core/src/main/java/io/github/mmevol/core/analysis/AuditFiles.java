package io.github.mmevol.core.analysis;

import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.ImageEncoder;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Step;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the sheet and the table of an audit. */
record AuditFiles(Path folder, ImageEncoder images) {

    private static final String WHAT = "audit";

    void write(List<AuditDraw.Drawn> items) {
        Pages.write(folder.resolve("audit.csv"), WHAT, out -> AuditTable.write(items, out));
        Pages.write(folder.resolve("audit.html"), WHAT, out -> writeSheet(items, out));
    }

    private void writeSheet(List<AuditDraw.Drawn> items, Writer out) throws IOException {
        IdentityHashMap<Sample, Integer> samples = new IdentityHashMap<>();
        Map<ImageSource, Integer> sources = new LinkedHashMap<>();
        ObjectNode data = Json.object().put("audit", name(items));
        ArrayNode sampleNodes = data.putArray("samples");
        ArrayNode itemNodes = data.putArray("items");
        for (AuditDraw.Drawn drawn : items) {
            Sample sample = drawn.item().sample();
            if (!samples.containsKey(sample)) {
                samples.put(sample, samples.size());
                sampleNodes.add(sample(sample, sources));
            }
            itemNodes.add(item(drawn).put("sample", samples.get(sample)));
        }
        ArrayNode unusable = data.putArray("unusable_images");
        String style = Pages.resource("audit.css");
        String script = Pages.resource("audit.js");
        String policy = "default-src 'none'; img-src data:; style-src " + Pages.hash(style) + "; script-src "
                + Pages.hash(script) + "; base-uri 'none'; form-action 'none'";
        String[] page = Pages.resource("audit.html")
                .replace("{{policy}}", policy)
                .replace("{{style}}", style)
                .split("\\{\\{data}}", 2);
        // the images are written as they are made, the rest when it is known which of them cannot be used
        out.write(page[0]);
        for (Map.Entry<ImageSource, Integer> source : sources.entrySet()) {
            String why = "";
            try {
                String url = images.image(source.getKey()).encoded().dataUrl();
                out.write(block("image-" + source.getValue(), url));
            } catch (ModelException.UnusableImage e) {
                why = Objects.requireNonNullElse(e.getMessage(), "it cannot be used");
            }
            unusable.add(why);
        }
        out.write(block("data", Json.writeUtf8(data)));
        out.write(page[1].replace("{{script}}", script));
    }

    /** A block of text that the script reads and no browser runs. */
    private static String block(String id, String text) {
        return "<script type=\"application/json\" id=\"" + id + "\">" + Pages.inert(text) + "</script>\n";
    }

    /** The same for the same instructions, so that a sheet finds its marks again. */
    private static String name(List<AuditDraw.Drawn> items) {
        CRC32 checksum = new CRC32();
        for (AuditDraw.Drawn drawn : items) {
            String text = drawn.item().origin().id()
                    + AuditItem.fingerprint(drawn.item().instruction());
            checksum.update(text.getBytes(StandardCharsets.UTF_8));
        }
        return String.format(Locale.ROOT, "%d-%08x", items.size(), checksum.getValue());
    }

    private static ObjectNode sample(Sample sample, Map<ImageSource, Integer> sources) {
        ObjectNode node = Json.object().put("id", sample.id()).put("image", sample.image());
        node.put("caption", sample.caption()).put("trust", lower(sample.trust()));
        ArrayNode objects = node.putArray("objects");
        for (DetectedObject object : sample.objects()) {
            objects.addObject()
                    .put("label", object.label())
                    .putArray("box")
                    .add(rounded(object.box().x1()))
                    .add(rounded(object.box().y1()))
                    .add(rounded(object.box().x2()))
                    .add(rounded(object.box().y2()));
        }
        Integer place = sources.get(sample.imageSource());
        if (place == null) {
            place = sources.size();
            sources.put(sample.imageSource(), place);
        }
        return node.put("source", place);
    }

    private static BigDecimal rounded(double coordinate) {
        return Json.number(Math.round(coordinate * 1e4) / 1e4);
    }

    private static ObjectNode item(AuditDraw.Drawn drawn) {
        AuditItem item = drawn.item();
        ObjectNode node = instruction(item.instruction());
        node.put("id", item.origin().id()).put("text", AuditItem.fingerprint(item.instruction()));
        node.put("weight", Json.number(drawn.weight()))
                .put("round", item.origin().round());
        node.put("direction", item.origin().direction()).put("by", item.by());
        node.put("why", item.why());
        if (item.score().isPresent()) {
            node.put("score", item.score().getAsInt());
        }
        if (item.outcome() instanceof Outcome.Eliminated eliminated) {
            node.put("evidence", eliminated.evidence());
        }
        if (item.outcome() instanceof Outcome.Kept kept) {
            node.put("verification", lower(kept.verification()));
            ArrayNode checks = node.putArray("checks");
            for (Check check : kept.checks()) {
                checks.addObject()
                        .put("by", check.by())
                        .put("part", lower(check.part()))
                        .put("claim", check.claim())
                        .put("result", lower(check.result()))
                        .put("evidence", check.evidence());
            }
        }
        item.parent().ifPresent(parent -> node.set("parent", instruction(parent)));
        return node;
    }

    private static ObjectNode instruction(Instruction instruction) {
        ObjectNode node = Json.object();
        node.put("question", instruction.question()).put("answer", instruction.answer());
        ArrayNode steps = node.putArray("steps");
        for (Step step : instruction.steps()) {
            steps.addObject()
                    .put("manipulation", step.hasManipulation() ? step.manipulation() : "")
                    .put("description", step.description());
        }
        return node.put("format", instruction.format()).put("position", instruction.imagePosition());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
