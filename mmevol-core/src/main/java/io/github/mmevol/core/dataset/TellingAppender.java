package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.EvolvedSample;

/** An appender that does something more when all has been committed. */
record TellingAppender(DataSetWriter.Appender appender, Runnable afterwards) implements DataSetWriter.Appender {
    @Override
    public void append(EvolvedSample sample) {
        appender.append(sample);
    }

    @Override
    public void flush() {
        appender.flush();
    }

    @Override
    public void commit() {
        appender.commit();
        afterwards.run();
    }

    @Override
    public void close() {
        appender.close();
    }
}
