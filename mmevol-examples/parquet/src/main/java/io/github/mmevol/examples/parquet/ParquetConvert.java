package io.github.mmevol.examples.parquet;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.dataset.TrainingForm;
import io.github.mmevol.core.sample.Sample;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Turns Parquet into seeds, and evolved samples into Parquet.
 *
 * <pre>
 * ParquetConvert in seeds.parquet FOLDER             FOLDER/seeds.jsonl and FOLDER/images
 * ParquetConvert out evolved.json IMAGES out.parquet [paths]
 * </pre>
 */
public final class ParquetConvert {
    private static final String USAGE = """
            in FILE.parquet FOLDER: writes FOLDER/seeds.jsonl and FOLDER/images
            out EVOLVED.json IMAGES FILE.parquet [paths]: writes FILE.parquet, with the images' bytes or their paths alone""";

    private ParquetConvert() {}

    /** Runs the program. */
    public static void main(String[] args) throws IOException {
        System.exit(run(System.out, args));
    }

    static int run(PrintStream console, String... args) throws IOException {
        if (args.length == 3 && args[0].equals("in")) {
            Path folder = Path.of(args[2]);
            long rows = ParquetSeeds.unpack(Path.of(args[1]), folder);
            DataSet<Sample> seeds = DataSets.read(folder.resolve("seeds.jsonl"));
            try (Stream<Sample> samples = seeds.stream()) {
                console.println(rows + " rows, " + samples.count()
                        + " of them samples that can be evolved or passed on: " + folder.resolve("seeds.jsonl"));
            }
            return 0;
        }
        boolean paths = args.length == 5 && args[4].equals("paths");
        if ((args.length == 4 || paths) && args[0].equals("out")) {
            Path images = Path.of(args[2]);
            long rows = ParquetTraining.write(
                    DataSets.reader().images(images).readEvolved(Path.of(args[1])),
                    TrainingForm.ofDefaults(),
                    images,
                    !paths,
                    Path.of(args[3]));
            console.println(rows + " conversations: " + args[3]);
            return 0;
        }
        console.println(USAGE);
        return 2;
    }
}
