package io.github.mmevol.examples.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.analysis.AuditMarks;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class JudgeAndAuditOptionsTest {
    @TempDir
    Path folder;

    private final StringWriter console = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int run(String... more) {
        List<String> args =
                new ArrayList<>(List.of("--out", folder.resolve("out").toString()));
        args.addAll(List.of(more));
        return EvolveDataset.run(
                new PrintWriter(console), new PrintWriter(errors), Map.of(), args.toArray(String[]::new));
    }

    private int runWithServer(String... more) throws Exception {
        Path seeds = SeedFiles.write(folder.resolve("in"), 4, 8);
        List<String> args = new ArrayList<>(List.of("--seeds", seeds.toString(), "--rounds", "1", "--model", "local"));
        args.addAll(List.of(more));
        try (LocalModelServer server = new LocalModelServer(0, UnaryOperator.identity())) {
            args.addAll(List.of("--base-url", server.baseUrl()));
            return run(args.toArray(String[]::new));
        }
    }

    private List<JsonNode> lines(String file) throws Exception {
        return Files.readAllLines(folder.resolve("out").resolve(file)).stream()
                .map(DataObject.JSON::readTree)
                .toList();
    }

    /** Purpose and model of all calls. */
    private TreeSet<String> calls() throws Exception {
        TreeSet<String> calls = new TreeSet<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("out/run.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT DISTINCT purpose, client FROM mmevol_reply")) {
            while (rows.next()) {
                calls.add(rows.getString(1).split(":")[0] + " " + rows.getString(2));
            }
        }
        return calls;
    }

    @Test
    void a_panel_of_models_judges_and_the_third_is_asked_only_where_two_differ() throws Exception {
        assertThat(runWithServer("--judge-panel", "one,two,three"))
                .as(errors.toString())
                .isZero();

        assertThat(calls()).containsExactly("evolve local", "judge one", "judge two");
        assertThat(lines("evolved.jsonl"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.path("reason").asString())
                        .startsWith("one: ")
                        .contains(" | two: "));
    }

    @Test
    void what_is_kept_is_tested_blind_and_by_a_solver() throws Exception {
        assertThat(runWithServer("--judge-model", "judge", "--blind-check", "2:1", "--solver-check", "2"))
                .as(errors.toString())
                .isZero();

        assertThat(calls()).containsExactly("blind judge", "evolve local", "judge judge", "solver judge");
        List<JsonNode> choices = lines("evolved.jsonl").stream()
                .filter(line -> line.path("format").asString().equals("region_selection"))
                .toList();
        assertThat(choices).isNotEmpty().allSatisfy(line -> {
            assertThat(line.path("blind_rate").isNumber()).isTrue();
            assertThat(line.path("difficulty").isNumber()).isTrue();
        });
        String before = Files.readString(folder.resolve("out/evolved.jsonl"));
        assertThat(runWithServer("--judge-model", "judge", "--blind-check", "2:1", "--solver-check", "2", "--replay"))
                .isZero();
        assertThat(Files.readString(folder.resolve("out/evolved.jsonl"))).isEqualTo(before);
    }

    @Test
    void a_table_that_is_filled_in_changes_what_is_kept() throws Exception {
        assertThat(run("--audit", "30")).as(errors.toString()).isZero();
        assertThat(console.toString()).contains("  audit.html  ");
        Path table = folder.resolve("out/audit.csv");
        List<AuditMarks.Mark> drawn = AuditMarks.read(table).marks();
        AuditMarks.Mark first =
                drawn.stream().filter(AuditMarks.Mark::kept).findFirst().orElseThrow();
        Path filled = Files.writeString(
                folder.resolve("marks.csv"),
                "id;text;weight;round;direction;by;score;question_good;answer_good;note\n" + first.id() + ";"
                        + first.text() + ";1;1;" + first.direction() + ";;5;1;0;wrong colour\n");

        assertThat(run("--replay", "--apply-audit", filled.toString()))
                .as(errors.toString())
                .isZero();

        assertThat(lines("eliminated.jsonl"))
                .filteredOn(line -> line.path("by").asString().equals("audit"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("id").asString()).isEqualTo(first.id());
                    assertThat(line.path("why").asString()).isEqualTo("people marked the answer bad");
                    assertThat(line.path("evidence").asString()).isEqualTo("wrong colour");
                });
        assertThat(console.toString())
                .contains(
                        "1 instructions marked. Agreement with people",
                        "By the marks, 0 instructions are kept and 1 dropped.");
        JsonNode agreement = DataObject.JSON.readTree(Files.readString(folder.resolve("out/audit-agreement.json")));
        assertThat(agreement.at("/eliminators/0/accuracy/value").asDouble()).isZero();
        assertThat(agreement.at("/eliminators/0/kept_bad").asInt()).isEqualTo(1);
    }

    @Test
    void marks_of_another_run_decide_nothing_and_that_is_told() throws Exception {
        Path foreign = Files.writeString(
                folder.resolve("marks.csv"),
                "id,text,weight,round,direction,by,score,question_good,answer_good,note\nx.1.1,t1,1,1,up,,5,0,0,\n");

        assertThat(run("--limit", "1", "--apply-audit", foreign.toString())).isZero();

        assertThat(console.toString()).contains("The marks keep and drop nothing here");
    }

    @Test
    void the_audit_of_a_replay_is_drawn_from_what_the_replay_keeps() throws Exception {
        assertThat(run("--rounds", "1")).isZero();
        assertThat(run("--rounds", "1", "--replay", "--min-score", "10", "--audit", "30"))
                .isZero();

        assertThat(AuditMarks.read(folder.resolve("out/audit.csv")).marks())
                .isNotEmpty()
                .noneMatch(AuditMarks.Mark::kept);
    }

    @Test
    void what_cannot_be_done_is_said_before_anything_is_called() {
        assertThat(run("--judge-panel", "a,b")).isEqualTo(2);
        assertThat(errors.toString())
                .contains("--judge-panel: no model is called without --base-url or OPENAI_API_KEY: a");
        assertThat(run("--blind-check", "some")).isEqualTo(2);
        assertThat(errors.toString()).contains("--blind-check takes a number of tries and perhaps a share");
        assertThat(run("--audit", "0")).isEqualTo(2);
        assertThat(errors.toString()).contains("--audit takes a number of at least 1: 0");
        assertThat(run("--apply-audit", "none.json")).isEqualTo(2);
        assertThat(errors.toString()).contains("cannot read the marks in none.json");
    }
}
