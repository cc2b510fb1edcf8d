package io.echopilot.failover.decision;

import io.echopilot.events.LocationId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What is known of a service, as the locations and guards told it. */
public record Facts(
    Map<TrackKey, Track> tracks, Map<LocationId, Sighting> sightings, List<Note> notes) {
  /** More than evidence has room for; the oldest go first. */
  static final int MOST_NOTES = 64;

  public static final Facts NONE = new Facts(Map.of(), Map.of(), List.of());

  public Facts {
    tracks = Map.copyOf(tracks);
    sightings = Map.copyOf(sightings);
    notes = List.copyOf(notes);
  }

  Track track(TrackKey key) {
    return tracks.getOrDefault(key, Track.EMPTY);
  }

  Facts with(TrackKey key, Track track) {
    Map<TrackKey, Track> changed = new HashMap<>(tracks);
    changed.put(key, track);
    return new Facts(changed, sightings, notes);
  }

  Facts with(LocationId location, Sighting sighting) {
    Map<LocationId, Sighting> changed = new HashMap<>(sightings);
    changed.put(location, sighting);
    return new Facts(tracks, changed, notes);
  }

  Facts with(Note note) {
    List<Note> changed = new ArrayList<>(without(note).notes);
    changed.add(note);
    int surplus = Math.max(0, changed.size() - MOST_NOTES);
    return new Facts(tracks, sightings, changed.subList(surplus, changed.size()));
  }

  Facts without(Note note) {
    return new Facts(
        tracks,
        sightings,
        notes.stream()
            .filter(other -> !other.site().equals(note.site()) || !other.key().equals(note.key()))
            .toList());
  }

  Facts keeping(Predicate<TrackKey> track, Predicate<LocationId> location) {
    Map<TrackKey, Track> keptTracks = new HashMap<>(tracks);
    keptTracks.keySet().removeIf(track.negate());
    Map<LocationId, Sighting> keptSightings = new HashMap<>(sightings);
    keptSightings.keySet().removeIf(location.negate());
    return new Facts(keptTracks, keptSightings, notes);
  }
}
