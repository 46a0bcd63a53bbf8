package io.github.mmevol.openai;

import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.RetryPolicy;
import io.github.mmevol.core.model.contract.ModelClientContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class OpenAiModelClientKeepsTheContractTest extends ModelClientContract {
    private final List<FaultyServer> servers = new ArrayList<>();

    @Override
    protected ModelClient clientOf(Model model) {
        FaultyServer server = new FaultyServer(request -> FaultyServer.saying(model.answer(request.userText())));
        servers.add(server);
        return client(server.baseUrl());
    }

    @Override
    protected ModelClient clientWithoutModel() {
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return client("http://127.0.0.1:" + unused.getLocalPort() + "/v1");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ModelClient client(String baseUrl) {
        return OpenAiModelClient.builder()
                .baseUrl(baseUrl)
                .model("contract-model")
                .retry(RetryPolicy.builder().baseDelay(Duration.ZERO).build())
                .build();
    }

    @AfterEach
    void stopServers() {
        servers.forEach(FaultyServer::close);
    }
}
