package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.EvolvedSample;

/**
 * An appender that does something more when all has been committed.
 *
 * @param before what may throw before anything is committed
 */
record TellingAppender(DataSetWriter.Appender appender, Runnable before, Runnable afterwards)
        implements DataSetWriter.Appender {
    @Override
    public void append(EvolvedSample sample) {
        appender.append(sample);
    }

    @Override
    public void flush() {
        before.run();
        appender.flush();
    }

    @Override
    public void commit() {
        before.run();
        appender.commit();
        afterwards.run();
    }

    @Override
    public void close() {
        appender.close();
    }
}
