package cairn.verification.junit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test that searches: its method takes an {@link Exploration} and names a scenario to it. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(ExplorationResolver.class)
public @interface Explored {

    /** How many runs, over all strategies together. */
    int runs() default 300;

    /** The first seed. */
    long seed() default 1;
}
