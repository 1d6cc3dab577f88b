package uz.koprik.gateway.cli.centre;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import uz.koprik.gateway.auth.Right;

/** Reads a right as it is written in the table. */
final class RightConverter implements ITypeConverter<Right> {

    @Override
    public Right convert(String text) {
        return Right.of(text)
                .orElseThrow(
                        () -> new TypeConversionException("'" + text + "' is no right; these are: " + Right.known()));
    }
}
