package uz.koprik.gateway.centre;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.logging.LineLayout;
import uz.koprik.gateway.logging.LinkageFailures;
import uz.koprik.gateway.logging.RepeatLimit;

/**
 * What is logged and how: to standard error, warnings only until a server says otherwise. In code rather than in XML,
 * which takes longer to read than the rest of the start.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {

    private static final String LIMIT = "limit";

    /**
     * Lucene reports through another logger that it could use an incubating module; held here so that it is not
     * forgotten.
     */
    private static final java.util.logging.Logger LUCENE = java.util.logging.Logger.getLogger("org.apache.lucene");

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        set(context, Level.WARN, Config.Format.TEXT);
        LUCENE.setLevel(java.util.logging.Level.SEVERE);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Says how often lines were repeated that are over. Call it now and then. */
    static void flushRepeats() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                && context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(LIMIT) instanceof RepeatLimit limit) {
            limit.flush();
        }
    }

    static void apply(Config.Log log) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            set(context, Level.toLevel(log.level().name()), log.format());
        }
    }

    private static void set(LoggerContext context, Level level, Config.Format format) {
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder(context, format));
        appender.start();
        RepeatLimit limit = new RepeatLimit(appender);
        limit.setContext(context);
        limit.setName(LIMIT);
        limit.start();
        root.addAppender(limit);
        LinkageFailures failures = new LinkageFailures();
        failures.setContext(context);
        failures.start();
        root.addAppender(failures);
        root.setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN);
        context.getLogger("uz.koprik").setLevel(level);
        // They warn about faults of documents that strangers wrote.
        context.getLogger("org.apache.pdfbox").setLevel(Level.ERROR);
        context.getLogger("org.apache.fontbox").setLevel(Level.ERROR);
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, Config.Format format) {
        if (format == Config.Format.JSON) {
            JsonEncoder json = new JsonEncoder();
            json.setContext(context);
            json.start();
            return json;
        }
        LineLayout layout = new LineLayout();
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> text = new LayoutWrappingEncoder<>();
        text.setContext(context);
        text.setLayout(layout);
        text.start();
        return text;
    }
}
