package io.github.mmevol.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Clients that are asked in order until one replies. */
record FallbackClient(List<ModelClient> clients) implements ModelClient {
    FallbackClient {
        clients = List.copyOf(clients);
    }

    static ModelClient of(ModelClient first, ModelClient... others) {
        List<ModelClient> all = new ArrayList<>();
        all.add(first);
        for (ModelClient other : Objects.requireNonNull(others, "others")) {
            all.add(Objects.requireNonNull(other, "other"));
        }
        return new FallbackClient(all);
    }

    @Override
    public String name() {
        return clients.stream().map(ModelClient::name).collect(Collectors.joining(" or "));
    }

    @Override
    public ModelResponse send(ModelRequest request) {
        List<ModelException> earlier = new ArrayList<>(0);
        for (ModelClient client : clients.subList(0, clients.size() - 1)) {
            try {
                return CallTrace.attempt(client, request);
            } catch (ModelException failure) {
                if (!isOfTheClient(failure)) {
                    throw Failures.withEarlier(failure, earlier);
                }
                earlier.add(failure);
            }
        }
        try {
            return CallTrace.attempt(clients.get(clients.size() - 1), request);
        } catch (ModelException failure) {
            throw Failures.withEarlier(failure, earlier);
        }
    }

    /** Whether another client may do better: not where the caller, the image or a budget is the reason. */
    private static boolean isOfTheClient(ModelException failure) {
        return failure instanceof ModelException.Http
                || failure instanceof ModelException.Timeout
                || failure instanceof ModelException.Io
                || failure instanceof ModelException.MalformedReply;
    }
}
