package uz.koprik.gateway.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import uz.koprik.indicators.policy.Tlp;

/** The markings of options, in all spellings that {@link Tlp#parse} knows. */
public final class TlpConverter implements ITypeConverter<Tlp> {

    @Override
    public Tlp convert(String text) {
        return Tlp.parse(text)
                .orElseThrow(() -> new TypeConversionException(
                        "there is no such marking; use clear, green, amber, amber+strict or red"));
    }
}
