package uz.koprik.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.config.Config;

/**
 * What is logged and how: to standard error, warnings only until a server says otherwise. In code rather than in XML, which
 * takes longer to read than the rest of the start.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {

    /** Lucene tells through another logger that it could use an incubating module; held here so that it is not forgotten. */
    private static final java.util.logging.Logger LUCENE = java.util.logging.Logger.getLogger("org.apache.lucene");

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        set(context, Level.WARN, Config.Format.TEXT);
        LUCENE.setLevel(java.util.logging.Level.SEVERE);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
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
        root.addAppender(appender);
        root.setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN);
        context.getLogger("uz.koprik").setLevel(level);
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, Config.Format format) {
        if (format == Config.Format.JSON) {
            JsonEncoder json = new JsonEncoder();
            json.setContext(context);
            json.start();
            return json;
        }
        PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setContext(context);
        text.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} [%X{request:--}] %msg%n%ex");
        text.start();
        return text;
    }
}
