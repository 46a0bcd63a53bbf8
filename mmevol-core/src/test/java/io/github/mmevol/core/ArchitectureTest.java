package io.github.mmevol.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import io.github.mmevol.core.contract.PublicSurface;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

@AnalyzeClasses(packages = "io.github.mmevol.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Each room with the rooms its arrows point at; it may use those and whatever lies below them. */
    private static final Map<String, List<String>> ARROWS = new LinkedHashMap<>();

    static {
        ARROWS.put("internal.cpu", List.of());
        ARROWS.put("internal.file", List.of());
        ARROWS.put("internal.json", List.of());
        ARROWS.put("internal.text", List.of());
        ARROWS.put("internal.image", List.of());
        ARROWS.put("sample", List.of("internal.json", "internal.text", "internal.image"));
        ARROWS.put("model", List.of("sample"));
        ARROWS.put("evolution", List.of("model"));
        ARROWS.put("manipulation", List.of("sample"));
        ARROWS.put("elimination", List.of("evolution", "manipulation", "internal.cpu", "internal.text"));
        ARROWS.put("dataset", List.of("elimination", "internal.file"));
        ARROWS.put("store", List.of("elimination", "internal.file"));
        ARROWS.put("pipeline", List.of("dataset", "store"));
        ARROWS.put("analysis", List.of("dataset", "store"));
    }

    @ArchTest
    static final ArchRule rooms_use_only_the_rooms_below_them = rooms();

    @ArchTest
    static final ArchRule packages_form_no_cycle =
            slices().matching("io.github.mmevol.core.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule grounding_knows_neither_candidates_nor_verdicts = noClasses()
            .that()
            .resideInAPackage("..elimination.grounding..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..core.elimination", "..core.evolution..", "..core.model..", "..internal.json..");

    @ArchTest
    static final ArchRule no_foreign_type_is_public = PublicSurface.mentionsOnlyOurTypesAndTheJdks();

    private static ArchRule rooms() {
        LayeredArchitecture rooms =
                layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
        for (String room : ARROWS.keySet()) {
            rooms = rooms.layer(room).definedBy("io.github.mmevol.core." + room + "..");
        }
        for (String room : ARROWS.keySet()) {
            Set<String> below = below(room);
            rooms = below.isEmpty()
                    ? rooms.whereLayer(room).mayNotAccessAnyLayer()
                    : rooms.whereLayer(room).mayOnlyAccessLayers(below.toArray(String[]::new));
        }
        return rooms.ensureAllClassesAreContainedInArchitecture();
    }

    private static Set<String> below(String room) {
        Set<String> below = new TreeSet<>();
        List<String> open = new ArrayList<>(ARROWS.get(room));
        while (!open.isEmpty()) {
            String next = open.remove(0);
            if (below.add(next)) {
                open.addAll(ARROWS.get(next));
            }
        }
        return below;
    }
}
