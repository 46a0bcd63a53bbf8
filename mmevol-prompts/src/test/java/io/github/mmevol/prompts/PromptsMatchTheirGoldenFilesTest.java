package io.github.mmevol.prompts;

import io.github.mmevol.core.model.ModelRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PromptsMatchTheirGoldenFilesTest {

    @TestFactory
    Stream<DynamicTest> system_texts() {
        Map<String, String> systems = new LinkedHashMap<>(Prompts.systems());
        systems.put("blind", AnswerPrompt.BLIND.system());
        systems.put("solver", AnswerPrompt.SOLVER.system());
        systems.put("preparation", PreparationPrompt.system());
        return systems.entrySet().stream()
                .map(system -> DynamicTest.dynamicTest(
                        system.getKey(), () -> Golden.check("system/" + system.getKey() + ".txt", system.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> schemas() {
        return Stream.of(
                DynamicTest.dynamicTest(
                        "evolution",
                        () -> Golden.check(
                                "schema/evolution.json",
                                StandardPrompts.cognitive().schema() + "\n")),
                DynamicTest.dynamicTest(
                        "verdicts",
                        () -> Golden.check(
                                "schema/verdicts.json",
                                JudgePrompt.of(StandardPrompts.COGNITIVE, true).schema() + "\n")),
                DynamicTest.dynamicTest(
                        "answers", () -> Golden.check("schema/answers.json", AnswerPrompt.BLIND.schema() + "\n")));
    }

    @TestFactory
    Stream<DynamicTest> user_parts() {
        return Golden.cases().stream().flatMap(one -> {
            Stream<DynamicTest> evolve = StandardPrompts.all().stream()
                    .map(prompt -> user(one, prompt.direction().name(), one.evolve(prompt)));
            Stream<DynamicTest> judge = one.evolved().isEmpty()
                    ? Stream.of()
                    : Stream.of(user(
                            one,
                            "judge",
                            one.judge(JudgePrompt.of(StandardPrompts.PERCEPTUAL, true), StandardPrompts.perceptual())));
            return Stream.concat(evolve, judge);
        });
    }

    private static DynamicTest user(PromptCase one, String what, ModelRequest request) {
        return DynamicTest.dynamicTest(
                one.name() + ", " + what,
                () -> Golden.check("user/" + one.name() + "." + what + ".txt", request.text() + "\n"));
    }
}
