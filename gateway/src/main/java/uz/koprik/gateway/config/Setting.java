package uz.koprik.gateway.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** One key of {@code koprik.yaml}: its comment, its default and its check, beside its type. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {

    /** The default of a key that has none: it must be written. */
    String REQUIRED = "\0";

    /** What it is for, for the operator; printed above the key in the generated file. */
    String value();

    /** Its default, as it would be written in the file. */
    String preset() default REQUIRED;

    /** Lowest number, fewest bytes or fewest milliseconds. */
    long min() default Long.MIN_VALUE;

    /** Highest number, most bytes or most milliseconds. */
    long max() default Long.MAX_VALUE;

    /** Regular expression that a text must match whole; empty for any. */
    String matches() default "";

    /** What such a text looks like, in words; used in errors beside {@link #matches()}. */
    String shape() default "";
}
