"""What can be opened below the plots of the Gradient page."""
