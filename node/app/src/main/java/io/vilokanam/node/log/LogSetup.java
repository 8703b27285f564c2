package io.vilokanam.node.log;

import java.util.LinkedHashMap;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.LoggerFactory;

import io.vilokanam.rpc.backend.LogFilterException;

/**
 * Sets the log up without reading any file: lines like a stock node's on standard error, level info. Logback finds this class
 * by its service file. Directives like {@code info,txpool=debug} change levels.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {

    private static final String PLAIN = "%d{yyyy-MM-dd HH:mm:ss} %msg%n";
    private static final String DETAILED = "%d{yyyy-MM-dd HH:mm:ss.SSS} %5level [%thread] %logger: %msg%n";

    /** Libraries are only heard when something is wrong. */
    private static final String[] QUIET = {"io.netty"};

    /** What a line of the log is. */
    public enum Format {
        /** As stock nodes write it. */
        TEXT,
        /** A JSON object. */
        JSON
    }

    private static volatile Map<String, Level> initial = Map.of();

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        install(context, pattern(context, PLAIN));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Encoder<ILoggingEvent> pattern(LoggerContext context, String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.start();
        return encoder;
    }

    private static void install(LoggerContext context, Encoder<ILoggingEvent> encoder) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(appender);
        root.setLevel(Level.INFO);
        for (String name : QUIET) {
            context.getLogger(name).setLevel(Level.WARN);
        }
    }

    /** Takes the flags of the command line; lines of text. */
    public static void start(String directives, boolean isDetailed) throws LogFilterException {
        start(directives, isDetailed, Format.TEXT);
    }

    /** Takes the flags of the command line. */
    public static void start(String directives, boolean isDetailed, Format format) throws LogFilterException {
        if (format == Format.JSON) {
            install(context(), new JsonLines());
        } else if (isDetailed) {
            install(context(), pattern(context(), DETAILED));
        }
        add(directives);
        initial = levels();
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    private static Map<String, Level> levels() {
        Map<String, Level> levels = new LinkedHashMap<>();
        context().getLoggerList().forEach(logger -> levels.put(logger.getName(), logger.getLevel()));
        return levels;
    }

    /** Sets levels: {@code level} for all, {@code target=level} for one. Names of Rust modules ({@code ::}) are taken too. */
    public static void add(String directives) throws LogFilterException {
        Map<String, Level> parsed = new LinkedHashMap<>();
        for (String directive : directives.split(",")) {
            if (!directive.isBlank()) {
                parse(directive.strip(), parsed);
            }
        }
        parsed.forEach((target, level) -> context().getLogger(target).setLevel(level));
    }

    private static void parse(String directive, Map<String, Level> into) throws LogFilterException {
        int split = directive.indexOf('=');
        String target = split < 0 ? "" : directive.substring(0, split).replace("::", ".");
        String name = directive.substring(split + 1);
        Level level = Level.toLevel(name, null);
        if (level == null && split < 0) {
            target = directive.replace("::", ".");
            level = Level.TRACE;
        }
        if (level == null) {
            throw new LogFilterException("log directive \"" + directive + "\": level " + name
                    + ", expected error, warn, info, debug, trace or off");
        }
        into.put(target.isEmpty() ? org.slf4j.Logger.ROOT_LOGGER_NAME : target, level);
    }

    /** Back to the levels of the command line. */
    public static void reset() {
        Map<String, Level> former = initial;
        context().getLoggerList().forEach(logger -> {
            // The one logger that must have a level of its own.
            boolean isRoot = logger.getName().equals(org.slf4j.Logger.ROOT_LOGGER_NAME);
            logger.setLevel(former.getOrDefault(logger.getName(), isRoot ? Level.INFO : null));
        });
    }
}
