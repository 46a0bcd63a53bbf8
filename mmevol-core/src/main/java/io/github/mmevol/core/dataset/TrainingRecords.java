package io.github.mmevol.core.dataset;

import io.github.mmevol.core.internal.image.MediaType;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The forms in which trainers read a conversation. */
final class TrainingRecords {
    private TrainingRecords() {}

    /** A record in which {@code image} is the image's name, and turns are from {@code human} and {@code gpt}. */
    static ObjectNode llava(Dialogue dialogue) {
        ObjectNode record = named(dialogue);
        if (dialogue.hasImage()) {
            record.put("image", dialogue.image());
        }
        ArrayNode turns = record.putArray("conversations");
        for (Dialogue.Turn turn : dialogue.turns()) {
            Records.turn(turns, "human", question(dialogue, turn));
            Records.turn(turns, "gpt", turn.answer());
        }
        return record;
    }

    /** A record with {@code messages} that are texts, and {@code images}. */
    static ObjectNode tagged(Dialogue dialogue) {
        ObjectNode record = named(dialogue);
        ArrayNode messages = record.putArray("messages");
        for (Dialogue.Turn turn : dialogue.turns()) {
            messages.addObject().put("role", "user").put("content", question(dialogue, turn));
            messages.addObject().put("role", "assistant").put("content", turn.answer());
        }
        images(record, dialogue);
        return record;
    }

    /** A record with {@code messages} that are lists of parts, and {@code images}. */
    static ObjectNode parted(Dialogue dialogue) {
        ObjectNode record = named(dialogue);
        ArrayNode messages = record.putArray("messages");
        for (Dialogue.Turn turn : dialogue.turns()) {
            ArrayNode question = parts(messages, "user");
            if (dialogue.hasImage() && messages.size() == 1) {
                question.addObject().put("type", "image");
            }
            text(question, turn.question());
            text(parts(messages, "assistant"), turn.answer());
        }
        images(record, dialogue);
        return record;
    }

    /**
     * A record with nothing but {@code messages}, the image's bytes among them.
     *
     * @throws IOException if these cannot be had
     */
    static ObjectNode embedded(Dialogue dialogue) throws IOException {
        Optional<String> url = dialogue.hasImage() ? Optional.of(dataUrl(dialogue.sample())) : Optional.empty();
        ObjectNode record = Json.object();
        ArrayNode messages = record.putArray("messages");
        for (Dialogue.Turn turn : dialogue.turns()) {
            ArrayNode question = parts(messages, "user");
            if (url.isPresent() && messages.size() == 1) {
                question.addObject()
                        .put("type", "image_url")
                        .putObject("image_url")
                        .put("url", url.get());
            }
            text(question, turn.question());
            messages.addObject().put("role", "assistant").put("content", turn.answer());
        }
        return record;
    }

    private static ObjectNode named(Dialogue dialogue) {
        return Json.object()
                .put("id", dialogue.id())
                .put("sample_id", dialogue.sample().id());
    }

    private static String question(Dialogue dialogue, Dialogue.Turn turn) {
        boolean first = turn.id().equals(dialogue.id());
        return first && dialogue.hasImage() ? Conversation.IMAGE_TOKEN + "\n" + turn.question() : turn.question();
    }

    private static void images(ObjectNode record, Dialogue dialogue) {
        ArrayNode images = record.putArray("images");
        if (dialogue.hasImage()) {
            images.add(dialogue.image());
        }
    }

    private static ArrayNode parts(ArrayNode messages, String role) {
        return messages.addObject().put("role", role).putArray("content");
    }

    private static void text(ArrayNode parts, String text) {
        parts.addObject().put("type", "text").put("text", text);
    }

    private static String dataUrl(Sample sample) throws IOException {
        ImageFile image = image(sample);
        return "data:" + image.mediaType() + ";base64," + Base64.getEncoder().encodeToString(image.bytes());
    }

    /**
     * A sample's image file.
     *
     * @throws IOException if it cannot be read, or is no image that trainers know
     */
    static ImageFile image(Sample sample) throws IOException {
        byte[] bytes;
        try (InputStream in = sample.imageSource().open()) {
            bytes = in.readAllBytes();
        }
        String mediaType = MediaType.of(bytes)
                .orElseThrow(() -> new IOException("no JPEG, PNG, WebP or GIF: " + sample.imageSource()));
        return new ImageFile(mediaType, bytes);
    }
}
