package uz.koprik.gateway.config;

/**
 * A file of the home that cannot be used as it is: says which, on what line, which key, what is wrong, what would be
 * right.
 */
public final class ConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param file name of the file
     * @param line line from 1; 0 when it is about the whole file
     * @param problem a sentence
     */
    public ConfigException(String file, int line, String problem) {
        super(file + (line > 0 ? ":" + line : "") + ": " + problem);
    }
}
