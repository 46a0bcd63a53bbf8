package io.github.mmevol.core;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.mmevol.core.contract.PublicSurface;

@AnalyzeClasses(packages = "io.github.mmevol.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOM = "io.github.mmevol.core.";

    @ArchTest
    static final ArchRule rooms_depend_only_on_the_rooms_below_them = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.github.mmevol.core..")
            .layer("sample")
            .definedBy(ROOM + "sample..")
            .layer("model")
            .definedBy(ROOM + "model..")
            .layer("evolution")
            .definedBy(ROOM + "evolution..")
            .layer("elimination")
            .definedBy(ROOM + "elimination..")
            .layer("dataset")
            .definedBy(ROOM + "dataset..")
            .layer("pipeline")
            .definedBy(ROOM + "pipeline..")
            .layer("json")
            .definedBy(ROOM + "internal..")
            .whereLayer("pipeline")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("dataset")
            .mayOnlyBeAccessedByLayers("pipeline")
            .whereLayer("elimination")
            .mayOnlyBeAccessedByLayers("dataset", "pipeline")
            .whereLayer("evolution")
            .mayOnlyBeAccessedByLayers("elimination", "dataset", "pipeline")
            .whereLayer("model")
            .mayOnlyBeAccessedByLayers("evolution", "elimination", "dataset", "pipeline")
            .whereLayer("json")
            .mayOnlyBeAccessedByLayers("sample", "model", "evolution", "elimination", "dataset", "pipeline");

    @ArchTest
    static final ArchRule there_are_no_cycles =
            slices().matching("io.github.mmevol.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule no_foreign_type_is_public = PublicSurface.mentionsOnlyOurTypesAndTheJdks();
}
