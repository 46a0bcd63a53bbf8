package io.github.mmevol.examples.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.contract.ModelClientContract;

class ChatModelClientKeepsTheContractTest extends ModelClientContract {

    @Override
    protected ModelClient clientOf(Model model) {
        return new ChatModelClient("chat-model", new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                UserMessage user =
                        (UserMessage) request.messages().get(request.messages().size() - 1);
                TextContent text = (TextContent) user.contents().get(0);
                try {
                    return ChatResponse.builder()
                            .aiMessage(AiMessage.from(model.answer(text.text())))
                            .finishReason(FinishReason.STOP)
                            .build();
                } catch (InterruptedException e) {
                    // as LangChain4j's own HTTP client does
                    throw new RuntimeException(e);
                }
            }
        });
    }

    @Override
    protected ModelClient clientWithoutModel() {
        return new ChatModelClient("chat-model", new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                throw new UnresolvedModelServerException("no such host");
            }
        });
    }
}
