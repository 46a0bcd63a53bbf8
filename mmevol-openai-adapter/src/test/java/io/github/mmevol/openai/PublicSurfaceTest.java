package io.github.mmevol.openai;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.mmevol.core.contract.PublicSurface;

@AnalyzeClasses(packages = "io.github.mmevol.openai", importOptions = ImportOption.DoNotIncludeTests.class)
class PublicSurfaceTest {
    @ArchTest
    static final ArchRule no_foreign_type_is_public = PublicSurface.mentionsOnlyOurTypesAndTheJdks();
}
