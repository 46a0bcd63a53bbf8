package io.github.mmevol.examples.evolve;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Messages that speak to programmers, in the words of the command line. */
final class CommandWords {
    private record Word(Pattern library, String ours) {
        static Word of(String library, String ours) {
            return new Word(Pattern.compile(library), ours);
        }
    }

    private static final List<Word> WORDS = List.of(
            Word.of("apiKey\\(\\.\\.\\.\\)", "OPENAI_API_KEY"),
            Word.of("baseUrl\\(\\.\\.\\.\\)", "--base-url"),
            Word.of("model\\(\\.\\.\\.\\)", "--model"),
            Word.of("^Error: ", ""),
            Word.of(" is not an? (?:int|long)$", " is not a whole number"),
            Word.of(" is not a double$", " is not a number"));

    /** What an option takes, as the constants are named. */
    private static final Pattern CHOICE = Pattern.compile("expected one of \\[.*?] \\(case-insensitive\\)");

    private CommandWords() {}

    static String of(String message) {
        String text = message;
        for (Word word : WORDS) {
            text = word.library().matcher(text).replaceAll(word.ours());
        }
        return CHOICE.matcher(text)
                .replaceAll(choice -> choice.group()
                        .replace(" (case-insensitive)", "")
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-'));
    }

    /** What went wrong; a file that is not there, or may not be touched, is told so. */
    static String of(Exception e) {
        if (e instanceof AccessDeniedException denied) {
            return "cannot write " + denied.getFile() + ": permission denied";
        }
        String message = e.getMessage() == null ? e.toString() : of(e.getMessage());
        Throwable cause = e.getCause();
        if (cause instanceof NoSuchFileException missing && message.endsWith(": " + missing.getFile())) {
            return message.substring(0, message.length() - missing.getFile().length()) + "there is no such file";
        }
        return cause instanceof AccessDeniedException ? message + ": permission denied" : message;
    }

    /** Why a file cannot be read, where its name is told already. */
    static String reason(IOException e) {
        return e instanceof NoSuchFileException
                ? "there is no such file"
                : e instanceof AccessDeniedException ? "permission denied" : of(e);
    }
}
