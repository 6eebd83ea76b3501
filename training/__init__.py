"""Teaching: outlines, courses, lessons, enrolments, credited hours. It knows nothing of questions or examinations."""
