/**
 * The way in. Everything that enters the centre goes through {@link uz.koprik.gateway.intake.Intake}: it validates,
 * proves who vouches, classifies, and stores each object, or refuses it with a reason.
 */
package uz.koprik.gateway.intake;
