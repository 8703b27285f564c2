package io.vilokanam.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/**
 * A test that runs with many seeds: its one parameter is a {@code long}. A run is named by its seed, so a failure prints
 * it; {@code -Dvilokanam.seed=N} runs that seed alone.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(SeededTest.Seeds.class)
public @interface SeededTest {

    /** How many seeds are run, counted from {@link #first()}. */
    int runs() default 100;

    long first() default 1;

    /** Gives each run its seed. */
    final class Seeds implements TestTemplateInvocationContextProvider {

        @Override
        public boolean supportsTestTemplate(ExtensionContext context) {
            return true;
        }

        @Override
        public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
            SeededTest test = context.getRequiredTestMethod().getAnnotation(SeededTest.class);
            Long only = Long.getLong("vilokanam.seed");
            LongStream seeds = only != null ? LongStream.of(only)
                    : LongStream.range(test.first(), test.first() + test.runs());
            return seeds.mapToObj(Run::new);
        }
    }

    /** One run: its name and its parameter are the seed. */
    record Run(long seed) implements TestTemplateInvocationContext, ParameterResolver {

        @Override
        public String getDisplayName(int invocationIndex) {
            return "seed=" + seed;
        }

        @Override
        public java.util.List<Extension> getAdditionalExtensions() {
            return java.util.List.of(this);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
            return parameter.getParameter().getType() == long.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
            return seed;
        }
    }
}
