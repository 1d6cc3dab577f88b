/** The command line of Koprik and the gateway behind it. {@link uz.koprik.gateway.Main} lists every command. */
package uz.koprik.gateway;
