package uz.koprik.indicators.wording;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The English text of a constant that is a {@link SentenceKind}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface English {

    /**
     * The sentence: {@code {name}} stands for a value, and text in brackets is there only when the value in it is. A
     * name that ends in {@code _seconds} is written as a length of time.
     */
    String value();
}
