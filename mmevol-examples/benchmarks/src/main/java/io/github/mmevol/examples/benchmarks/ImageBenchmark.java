package io.github.mmevol.examples.benchmarks;

import io.github.mmevol.core.model.EncodedImage;
import io.github.mmevol.core.model.ImageEncoder;
import io.github.mmevol.core.sample.ImageSource;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An image made ready to send. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ImageBenchmark {
    private final ImageEncoder encoder = ImageEncoder.ofDefaults();
    private ImageSource large = ImageSource.none();
    private ImageSource small = ImageSource.none();

    /** Makes the files. */
    @Setup
    public void makeFiles() throws IOException {
        large = ImageSource.bytes(Photographs.jpeg(1024, 768, 1));
        small = ImageSource.bytes(Photographs.jpeg(512, 384, 1));
    }

    /** One that is too large: decoded, scaled, encoded. */
    @Benchmark
    public EncodedImage reencode(CpuCounter counter) {
        counter.operations++;
        return encoder.image(large).encoded();
    }

    /** One that is sent as it is. */
    @Benchmark
    public EncodedImage passThrough(CpuCounter counter) {
        counter.operations++;
        return encoder.image(small).encoded();
    }
}
