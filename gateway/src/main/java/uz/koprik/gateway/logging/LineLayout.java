package uz.koprik.gateway.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * One line per event, and the stack trace behind it. Messages hold names that partners chose: {@link TerminalText}
 * keeps them on their line.
 */
public final class LineLayout extends LayoutBase<ILoggingEvent> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT)
            .withZone(ZoneId.systemDefault());

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        String level = event.getLevel().toString();
        line.append(' ').append(level).append(" ".repeat(Math.max(0, 5 - level.length())));
        String logger = event.getLoggerName();
        line.append(' ').append(logger, logger.lastIndexOf('.') + 1, logger.length());
        line.append(" [")
                .append(TerminalText.line(event.getMDCPropertyMap().getOrDefault("request", "-")))
                .append("] ");
        line.append(TerminalText.line(String.valueOf(event.getFormattedMessage())))
                .append(System.lineSeparator());
        if (event.getThrowableProxy() != null) {
            line.append(TerminalText.lines(ThrowableProxyUtil.asString(event.getThrowableProxy())
                            .replace(System.lineSeparator(), "\n"))
                    .stripTrailing()
                    .replace("\n", System.lineSeparator()));
            line.append(System.lineSeparator());
        }
        return line.toString();
    }
}
