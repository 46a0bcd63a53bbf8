package io.github.mmevol.core.analysis;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.EncodedImage;
import io.github.mmevol.core.model.ImageEncoder;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.sample.ImageSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Draws the samples that can be browsed. Its size depends on how many are wanted, not on how many there are. */
final class Gallery {
    private static final int OF_EACH_KIND = 3;
    private static final int MOST_KINDS = 200;
    private static final ImageEncoder ENCODER =
            ImageEncoder.builder().longestSide(320).build();
    private static final int MOST_TEXT = 4 << 20;
    private static final int MOST_IMAGES = 6 << 20;
    private static final int MOST_IMAGE = 200 << 10;

    /** A drawn sample, as short as it will be shown. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Piece(long index, byte[] json, ImageSource image) {
        static final Comparator<Piece> ORDER = Comparator.comparingLong(Piece::index);
    }

    private final int size;
    private final BottomSample<Piece> even;
    private final Map<String, BottomSample<Piece>> kinds = new HashMap<>();
    private long index;

    Gallery(int size) {
        this.size = size;
        even = new BottomSample<>(size);
    }

    void add(EvolvedSample evolved) {
        long place = index++;
        if (size == 0) {
            return;
        }
        String name = evolved.key().value();
        Supplier<Piece> piece = once(() -> new Piece(
                place,
                Json.writeUtf8(GalleryJson.of(evolved)).getBytes(StandardCharsets.UTF_8),
                kept(evolved.sample().imageSource())));
        even.offer(name, piece);
        for (String kind : kinds(evolved)) {
            if (kinds.size() < MOST_KINDS || kinds.containsKey(kind)) {
                kinds.computeIfAbsent(kind, k -> new BottomSample<>(OF_EACH_KIND))
                        .offer(name, piece);
            }
        }
    }

    /** An image in memory as small as it will be shown. */
    private static ImageSource kept(ImageSource source) {
        if (!source.isInMemory()) {
            return source;
        }
        EncodedImage small = encoded(source);
        return small == null ? ImageSource.none() : ImageSource.bytes(small.bytes());
    }

    private static Set<String> kinds(EvolvedSample evolved) {
        Set<String> kinds = new TreeSet<>();
        for (Outcome outcome : evolved.outcomes()) {
            Outcome.Origin origin = outcome.origin();
            kinds.add(origin.round() + " " + origin.direction());
            if (outcome instanceof Outcome.Eliminated eliminated) {
                kinds.add("eliminated by " + eliminated.by());
            } else if (outcome instanceof Outcome.Failed failed) {
                kinds.add("failed by " + failed.by());
            }
        }
        return kinds;
    }

    /** The drawn samples in the order of the data, as far as they fit a page. */
    List<ObjectNode> pieces() {
        List<ObjectNode> nodes = new ArrayList<>();
        int text = 0;
        long images = 0;
        for (Piece piece : drawn()) {
            text += piece.json().length;
            if (text > MOST_TEXT) {
                break;
            }
            ObjectNode node = (ObjectNode) Json.parse(new String(piece.json(), StandardCharsets.UTF_8));
            EncodedImage image = piece.image() == ImageSource.none() ? null : encoded(piece.image());
            if (image != null && images + image.bytes().length <= MOST_IMAGES) {
                images += image.bytes().length;
                node.put("thumbnail", image.dataUrl());
            }
            nodes.add(node);
        }
        return nodes;
    }

    private List<Piece> drawn() {
        Set<Long> taken = new HashSet<>();
        List<Piece> drawn = new ArrayList<>();
        kinds.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(kind -> kind.getValue().items().stream())
                .filter(piece -> drawn.size() < (size + 1) / 2 && taken.add(piece.index()))
                .forEach(drawn::add);
        even.items().stream()
                .filter(piece -> drawn.size() < size && taken.add(piece.index()))
                .forEach(drawn::add);
        drawn.sort(Piece.ORDER);
        return drawn;
    }

    private static @Nullable EncodedImage encoded(ImageSource source) {
        try {
            EncodedImage image = ENCODER.image(source).encoded();
            return image.bytes().length > MOST_IMAGE ? null : image;
        } catch (ModelException e) {
            return null; // missing or broken: shown without
        }
    }

    private static <T> Supplier<T> once(Supplier<T> supplier) {
        List<T> made = new ArrayList<>(1);
        return () -> {
            if (made.isEmpty()) {
                made.add(supplier.get());
            }
            return made.get(0);
        };
    }
}
