package io.github.mmevol.core.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSourceTest {
    @TempDir
    Path base;

    private Path folder;

    @BeforeEach
    void lay_out_the_files() throws IOException {
        folder = Files.createDirectories(base.resolve("images"));
        Files.createDirectories(folder.resolve("a"));
        Files.write(folder.resolve("a/cup.jpg"), new byte[] {1, 2, 3});
        Files.write(base.resolve("secret.jpg"), new byte[] {9});
        Files.createDirectories(base.resolve("images-too"));
        Files.write(base.resolve("images-too/cup.jpg"), new byte[] {9});
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/cup.jpg", "./a/cup.jpg", "a/../a/cup.jpg", "a//cup.jpg"})
    void opens_a_file_inside_the_folder(String path) throws IOException {
        try (InputStream in = ImageSource.within(folder, path).open()) {
            assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.jpg", "a/../../secret.jpg", "../images-too/cup.jpg", "..", "a/../.."})
    void refuses_a_path_that_leaves_the_folder(String path) {
        assertThatIOException()
                .isThrownBy(() -> ImageSource.within(folder, path).open())
                .withMessageContaining("leaves the image folder " + folder)
                .withMessageContaining("'" + path + "'")
                .withMessageContaining("declare the folder with --images / DataSetReader.images(folder)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\\\server\\share", "", "  "})
    void refuses_a_path_that_is_not_relative(String path) {
        assertThatIOException()
                .isThrownBy(() -> ImageSource.within(folder, path).open())
                .withMessageContaining("must be relative to the image folder");
    }

    @Test
    void opens_an_absolute_path_that_lies_inside_the_folder_and_knows_it_by_its_path_from_there() throws IOException {
        ImageSource source = ImageSource.within(folder, cup().toString());

        assertThat(read(source)).containsExactly(1, 2, 3);
        assertThat(source).isEqualTo(ImageSource.within(folder, "a/cup.jpg"));
        assertThat(source.onDisk()).contains(cup());
        Path moved = Files.createDirectories(base.resolve("moved"));
        Files.move(folder.resolve("a"), moved.resolve("a"));
        assertThat(read(source.in(moved))).containsExactly(1, 2, 3);
    }

    @Test
    void an_absolute_path_may_reach_the_folder_by_a_link() throws IOException {
        Path linked = Files.createSymbolicLink(base.resolve("linked"), folder);

        for (ImageSource source : new ImageSource[] {
            ImageSource.within(linked, cup().toString()),
            ImageSource.within(folder, linked.resolve("a/cup.jpg").toString())
        }) {
            assertThat(read(source)).containsExactly(1, 2, 3);
            assertThat(source.onDisk()).isPresent();
        }
    }

    @Test
    void the_root_of_the_file_system_can_be_the_folder() throws IOException {
        assertThat(read(ImageSource.within(base.getRoot(), cup().toString()))).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret.jpg", "images-too/cup.jpg", "images/../secret.jpg", "none.jpg"})
    void refuses_an_absolute_path_outside_of_the_folder_and_says_how_to_declare_it(String path) {
        String absolute = base.toAbsolutePath() + "/" + path;
        ImageSource source = ImageSource.within(folder, absolute);

        assertThatIOException()
                .isThrownBy(source::open)
                .withMessage(
                        "image path lies outside the image folder " + folder + ": '" + absolute
                                + "'; declare the folder with --images / DataSetReader.images(folder): the path has to lie inside it");
        assertThat(source.onDisk()).isEmpty();
    }

    @Test
    void refuses_the_absolute_path_of_a_link_that_leads_out_of_the_folder() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.jpg"), base.resolve("secret.jpg"));

        assertThatIOException()
                .isThrownBy(
                        () -> ImageSource.within(folder, link.toAbsolutePath().toString())
                                .open())
                .withMessageContaining("link that leaves the image folder");
    }

    @Test
    void a_path_that_goes_out_and_in_again_names_a_file_of_the_folder_alone() throws IOException {
        assertThat(read(ImageSource.within(folder, "../images/a/cup.jpg"))).containsExactly(1, 2, 3);

        Files.createSymbolicLink(folder.resolve("out"), base.resolve("images-too"));
        assertThatIOException()
                .isThrownBy(() ->
                        ImageSource.within(folder, "../images/out/cup.jpg").open())
                .withMessageContaining("link that leaves the image folder");
    }

    @Test
    void says_which_locale_a_name_needs_that_the_one_at_hand_cannot_say() {
        assertThat(FolderImage.notValid("Kätzchen ☕.jpg", "ANSI_X3.4-1968"))
                .contains("'Kätzchen ☕.jpg'")
                .contains("ANSI_X3.4-1968")
                .contains("set LC_ALL=C.UTF-8 (or any UTF-8 locale) before Java starts");
        assertThat(FolderImage.notValid("a\0b", "ANSI_X3.4-1968")).isEqualTo("image path is not valid: 'a\0b'");
    }

    @Test
    void refuses_a_link_that_leads_out_of_the_folder() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.jpg"), base.resolve("secret.jpg"));
        Files.createSymbolicLink(folder.resolve("out"), base);

        for (String path : new String[] {"link.jpg", "out/secret.jpg"}) {
            assertThatIOException()
                    .isThrownBy(() -> ImageSource.within(folder, path).open())
                    .withMessageContaining("link that leaves the image folder");
        }
    }

    @Test
    void follows_a_link_that_stays_inside_and_a_folder_that_is_a_link_itself() throws IOException {
        Files.createSymbolicLink(folder.resolve("same.jpg"), folder.resolve("a/cup.jpg"));
        Path linked = Files.createSymbolicLink(base.resolve("linked"), folder);

        for (ImageSource source :
                new ImageSource[] {ImageSource.within(folder, "same.jpg"), ImageSource.within(linked, "a/cup.jpg")}) {
            try (InputStream in = source.open()) {
                assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
            }
        }
    }

    @Test
    void says_which_file_is_missing_and_which_path_no_file_can_have() {
        assertThatIOException()
                .isThrownBy(() -> ImageSource.within(folder, "a/plate.jpg").open())
                .withMessageContaining("not found")
                .withMessageContaining("'a/plate.jpg'");
        assertThatIOException()
                .isThrownBy(() -> ImageSource.within(folder, "a").open())
                .withMessageContaining("not found");
        assertThatIOException()
                .isThrownBy(() -> ImageSource.within(folder, "a\0b").open())
                .withMessageContaining("not valid");
        assertThatIOException()
                .isThrownBy(() -> ImageSource.file(base.resolve("none.jpg")).open())
                .withMessageContaining("none.jpg");
        assertThatIOException().isThrownBy(() -> ImageSource.none().open()).withMessage("the sample has no image");
    }

    @Test
    void opens_any_file_that_the_caller_names_himself() throws IOException {
        try (InputStream in = ImageSource.file(base.resolve("secret.jpg")).open()) {
            assertThat(in.readAllBytes()).containsExactly(9);
        }
    }

    @Test
    void keeps_its_own_copy_of_bytes_and_opens_them_anew_each_time() throws IOException {
        byte[] bytes = {1, 2, 3};
        ImageSource source = ImageSource.bytes(bytes);
        bytes[0] = 9;

        for (int i = 0; i < 2; i++) {
            try (InputStream in = source.open()) {
                assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
            }
        }
    }

    @Test
    void compares_by_value() {
        assertThat(ImageSource.within(folder, "a")).isEqualTo(ImageSource.within(folder, "a"));
        assertThat(ImageSource.within(folder, "a")).isNotEqualTo(ImageSource.within(folder, "b"));
        assertThat(ImageSource.file(folder)).isEqualTo(ImageSource.file(folder));
        assertThat(ImageSource.bytes(new byte[] {1}))
                .isEqualTo(ImageSource.bytes(new byte[] {1}))
                .hasSameHashCodeAs(ImageSource.bytes(new byte[] {1}))
                .isNotEqualTo(ImageSource.bytes(new byte[] {2}));
    }

    @Test
    void knows_the_path_of_a_file_as_it_was_named_without_opening_it() {
        assertThat(ImageSource.within(folder, "b/none.jpg").path()).isEqualTo("b/none.jpg");
        assertThat(ImageSource.file(Path.of("none.jpg")).path()).isEqualTo("none.jpg");
        assertThat(ImageSource.bytes(new byte[1]).path()).isEmpty();
        assertThat(ImageSource.none().path()).isEmpty();
    }

    private Path cup() {
        return folder.resolve("a/cup.jpg").toAbsolutePath();
    }

    private static byte[] read(ImageSource source) throws IOException {
        try (InputStream in = source.open()) {
            return in.readAllBytes();
        }
    }
}
