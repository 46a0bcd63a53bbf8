package io.github.mmevol.core.contract;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static java.util.stream.Collectors.toCollection;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a library module may show: its public signatures mention our own types and the JDK's, nothing else. */
public final class PublicSurface {
    private PublicSurface() {}

    /**
     * The rule for the classes that are analysed. Internal packages are no part of the surface, and of the JDK's HTTP
     * client only the client itself may be seen.
     */
    public static ArchRule mentionsOnlyOurTypesAndTheJdks() {
        return classes()
                .that()
                .resideOutsideOfPackage("..internal..")
                .should(new ArchCondition<>("mention only our own and the JDK's types in public signatures") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        if (isVisible(type)) {
                            showSupertypes(type, events);
                            showMembers(type, events);
                        }
                    }
                })
                .allowEmptyShould(true);
    }

    private static void showSupertypes(JavaClass type, ConditionEvents events) {
        show(type.getFullName(), Stream.of(type.getAllRawSuperclasses(), type.getAllRawInterfaces()), events);
        show(type.getFullName(), Stream.of(bounds(type.getTypeParameters())), events);
        type.getSuperclass().ifPresent(s -> show(type.getFullName(), Stream.of(s.getAllInvolvedRawTypes()), events));
        type.getInterfaces().forEach(i -> show(type.getFullName(), Stream.of(i.getAllInvolvedRawTypes()), events));
    }

    private static void showMembers(JavaClass type, ConditionEvents events) {
        type.getFields().stream()
                .filter(field -> isVisible(field.getModifiers()))
                .forEach(field ->
                        show(field.getFullName(), Stream.of(field.getType().getAllInvolvedRawTypes()), events));
        type.getCodeUnits().stream()
                .filter(unit -> isVisible(unit.getModifiers()))
                .forEach(unit -> show(unit.getFullName(), mentions(unit), events));
    }

    private static Stream<Collection<JavaClass>> mentions(JavaCodeUnit unit) {
        return Stream.of(
                unit.getReturnType().getAllInvolvedRawTypes(),
                unit.getParameterTypes().stream()
                        .flatMap(parameter -> parameter.getAllInvolvedRawTypes().stream())
                        .toList(),
                unit.getExceptionTypes(),
                bounds(unit.getTypeParameters()));
    }

    private static List<JavaClass> bounds(List<? extends JavaTypeVariable<?>> variables) {
        return variables.stream()
                .flatMap(variable -> variable.getUpperBounds().stream())
                .map(JavaType::getAllInvolvedRawTypes)
                .flatMap(Set::stream)
                .toList();
    }

    private static void show(String owner, Stream<? extends Collection<JavaClass>> mentions, ConditionEvents events) {
        mentions.flatMap(Collection::stream)
                .map(JavaClass::getBaseComponentType)
                .filter(type -> !type.isPrimitive())
                .map(JavaClass::getName)
                .filter(name -> !isOurs(name) && !isTheJdks(name))
                .collect(toCollection(TreeSet::new))
                .forEach(name -> events.add(violated(owner, owner + " shows " + name)));
    }

    private static boolean isOurs(String name) {
        return name.startsWith("io.github.mmevol.") && !name.contains(".internal.");
    }

    private static boolean isTheJdks(String name) {
        return name.startsWith("java.net.http.")
                ? name.equals("java.net.http.HttpClient")
                : name.startsWith("java.") || name.startsWith("javax.");
    }

    private static boolean isVisible(JavaClass type) {
        return isVisible(type.getModifiers())
                && type.getEnclosingClass().map(PublicSurface::isVisible).orElse(true);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }
}
