package io.github.mmevol.core.contract;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a library module may show: its public signatures mention our own types and the JDK's, nothing else. */
public final class PublicSurface {
    private PublicSurface() {}

    /** The rule, for the classes that are analysed; internal packages are no part of the surface. */
    public static ArchRule mentionsOnlyOurTypesAndTheJdks() {
        return classes()
                .that()
                .arePublic()
                .and()
                .resideOutsideOfPackage("..internal..")
                .should(new ArchCondition<>("mention only our own and the JDK's types in public signatures") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        if (!isReachable(type)) {
                            return;
                        }
                        for (JavaClass mentioned : mentions(type)) {
                            String name = mentioned.getBaseComponentType().getName();
                            boolean fine = mentioned.getBaseComponentType().isPrimitive()
                                    || name.startsWith("java.") && !name.startsWith("java.net.http.")
                                    || name.startsWith("java.net.http.HttpClient")
                                    || name.startsWith("io.github.mmevol.") && !name.contains(".internal.");
                            if (!fine) {
                                events.add(SimpleConditionEvent.violated(type, type.getName() + " shows " + name));
                            }
                        }
                    }
                });
    }

    /** A public type inside one that is not public cannot be named from outside. */
    private static boolean isReachable(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(PublicSurface::isReachable).orElse(true);
    }

    private static Set<JavaClass> mentions(JavaClass type) {
        Set<JavaClass> mentioned = new LinkedHashSet<>(type.getAllRawSuperclasses());
        mentioned.addAll(type.getAllRawInterfaces());
        for (JavaCodeUnit unit : type.getCodeUnits()) {
            if (visible(unit.getModifiers())) {
                mentioned.addAll(unit.getRawParameterTypes());
                mentioned.add(unit.getRawReturnType());
                mentioned.addAll(unit.getReturnType().getAllInvolvedRawTypes());
                unit.getParameterTypes().forEach(p -> mentioned.addAll(p.getAllInvolvedRawTypes()));
                unit.getThrowsClause().forEach(t -> mentioned.add(t.getRawType()));
            }
        }
        for (JavaField field : type.getFields()) {
            if (visible(field.getModifiers())) {
                mentioned.add(field.getRawType());
            }
        }
        return mentioned;
    }

    private static boolean visible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }
}
